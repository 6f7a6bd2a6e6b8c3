using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Laws;

namespace Properties.Generators;

/// <summary>Operands for an op, from what its sample says of them.</summary>
internal static class OpPoints
{
    /// <summary>Operands of any shapes that the op takes; shapes shrink first, then elements.</summary>
    public static Arbitrary<OpPoint> Of<T>(OpSample sample)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Arb.From(
            from shapes in sample.IsElementwise ? Shapes.Broadcast(sample.Operands.Length) : Gen.Constant(Fixed(sample))
            from point in At<T>(sample, shapes)
            select point,
            Shrink);

    /// <summary>For an elementwise op: operands of rank 1 and one length; for others, those of <see cref="Of{T}"/>.</summary>
    public static Arbitrary<OpPoint> Rows<T>(OpSample sample, int length)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Arb.From(At<T>(sample, sample.IsElementwise ? [.. sample.Operands.Select(_ => Shape.Create([length]))] : Fixed(sample)), Shrink);

    private static Gen<OpPoint> At<T>(OpSample sample, Shape[] shapes)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        from elements in Gen.CollectToArray(
            sample.Operands.Zip(shapes), operand => Elements<T>(operand.First).ArrayOf(operand.Second.ElementCount))
        from ties in Gen.Frequency((59, Gen.Constant(false)), (1, Gen.Constant(true))).ArrayOf(elements[^1].Length)
        select new OpPoint(sample, shapes, Tie(sample, elements, ties));

    private static Gen<double> Elements<T>(OperandSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        spec.IsReal ? Numbers.Inside<T>(spec.Low, spec.High) : Gen.Choose(0, (int)spec.High - 1).Select(x => (double)x);

    private static Shape[] Fixed(OpSample sample) => Array.ConvertAll(sample.Operands, spec => spec.Shape);

    // Some elements of the last operand equal those of the one before it, if they may.
    private static double[][] Tie(OpSample sample, double[][] elements, bool[] ties)
    {
        if (elements.Length < 2 || sample.Operands[^2..].Any(spec => !spec.IsReal) || elements[^2].Length == 0)
            return elements;
        for (int i = 0; i < ties.Length; i++)
        {
            double other = elements[^2][i % elements[^2].Length];
            if (ties[i] && sample.Operands[^1].Low < other && other < sample.Operands[^1].High)
                elements[^1][i] = other;
        }

        return elements;
    }

    private static IEnumerable<OpPoint> Shrink(OpPoint point)
    {
        var (sample, shapes, elements) = point;
        if (sample.IsElementwise)
        {
            foreach (var smaller in Shapes.Shrink(shapes))
            {
                yield return point with
                {
                    Shapes = smaller,
                    Elements = [.. elements.Select((operand, i) => operand[..Math.Min(operand.Length, smaller[i].ElementCount)])],
                };
            }
        }

        for (int operand = 0; operand < elements.Length; operand++)
        {
            var spec = sample.Operands[operand];
            for (int i = 0; i < elements[operand].Length && spec.Kind != OperandKind.Mask; i++)
            {
                double x = elements[operand][i];
                foreach (double simpler in spec.IsReal ? Numbers.Shrink(x, spec.Low, spec.High) : [.. Enumerable.Range(0, (int)x)])
                {
                    double[][] changed = [.. elements.Select(all => (double[])all.Clone())];
                    changed[operand][i] = simpler;
                    yield return point with { Elements = changed };
                }
            }
        }
    }
}
