using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// The Hessian of ⟨w, op(x)⟩ over all inputs at once is symmetric: mixed slopes that come from different bodies agree, but for the rounding
/// of as many operations as the graph of second derivatives holds.
/// </summary>
public sealed class HessianSymmetric : OpLaw
{
    // A Hessian has the square of their number.
    private const int MaxElements = 12;

    private protected override Arbitrary<OpPoint> Points<T>(OpSample sample) =>
        sample.IsElementwise ? base.Points<T>(sample).Filter(point => point.Count <= MaxElements) : base.Points<T>(sample);

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<T>();
        var w = Seeds.Like(call.Value(), 7);
        var flat = NDArray.Create<T>([.. call.Inputs.SelectMany(input => input.ToArray())]);
        double[] hessian = Seeds.Doubles(Ad.Hessian(x => NDMath.Sum(w * call.Apply(Split(x))), flat));
        int n = flat.Length;

        // An element of which a second derivative is not finite is left out, with its row and column.
        bool[] isFinite = [.. Enumerable.Range(0, n).Select(i => hessian.AsSpan(i * n, n).ToArray().All(double.IsFinite))];
        tally.Exclude(isFinite.Count(finite => !finite));
        int roundings = Roundings(x => NDMath.Sum(w * call.Apply(Split(x))), flat);

        // Sums over whole rows cancel in the element of a curved op, so that its rounding is relative to others.
        double size = point.Sample.IsCurved ? hessian.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max() : 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i && isFinite[i]; j++)
            {
                if (!isFinite[j])
                    continue;
                double upper = hessian[(j * n) + i], lower = hessian[(i * n) + j];
                Claim.That(
                    Math.Abs(upper - lower) <= Rounding.Bound<T>(roundings, Math.Max(size, Math.Max(Math.Abs(upper), Math.Abs(lower)))),
                    $"H[{j}, {i}] = {upper:R}, H[{i}, {j}] = {lower:R}.");
            }
        }

        NDArray<T>[] Split(NDArray<T> x)
        {
            var parts = new NDArray<T>[call.Inputs.Length];
            for (int i = 0, start = 0; i < parts.Length; start += parts[i++].Length)
                parts[i] = NDMath.Reshape(x[start..(start + call.Inputs[i].Length)], call.Inputs[i].Shape);
            return parts;
        }
    }

    private static int Roundings<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var variable = Ad.Variable(x);
        var gradient = Ad.Grad(f(variable), variable);
        var second = gradient.Op is null ? gradient : Ad.Grad(gradient, variable, gradOutputs: NDArray.OnesLike(x));
        return second.Op is null ? 1 : Subgraph.Between([variable], [second], alongDerivatives: false).Count + x.Length;
    }
}
