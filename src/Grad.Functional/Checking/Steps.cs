using System.Numerics;

namespace Grad.Functional;

/// <summary>Steps that can be taken: representable next to a point, and not lost in its rounding.</summary>
internal static class Steps
{
    /// <summary>Refuses a step that is no step.</summary>
    public static void Require(string operation, double? step, string parameter = "step")
    {
        if (step is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                FormattableString.Invariant($"{operation} needs a positive, finite {parameter}, but got {given}. ") +
                "Give one such as 1E-6, or leave it out.");
        }
    }

    /// <summary>Whether x + step differs from x.</summary>
    public static bool IsVisible(double x, double step) => Math.Abs(x) + step != Math.Abs(x);

    /// <summary>
    /// The step nearest to the one wanted for which |x| + step is a number of the type; without a wish the best of the formula, times
    /// max(1, |x|).
    /// </summary>
    /// <remarks>It is fitted on the side away from zero, where numbers lie farther apart: then x − step is a number too.</remarks>
    /// <exception cref="ArgumentException">
    /// The point is not finite, or the step vanishes next to it, or leads out of the type's range.
    /// </exception>
    public static T At<T>(string operation, Stencil stencil, T x, double? step, Func<string> element, string parameter = "step")
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(x))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{operation} needs a finite point, but {element()} is {x}. ") +
                "Differences exist only where x + step is near x.",
                "x");
        }

        var size = T.Abs(x);
        var wanted = T.CreateSaturating(step ?? stencil.BestStep<T>() * Math.Max(1, double.CreateChecked(size)));
        var exact = size + wanted - size;
        if (exact == T.Zero)
        {
            var spacing = FormattableString.Invariant($"{T.BitIncrement(size) - size:G3}");
            throw new ArgumentException(
                $"{operation} needs a {parameter} that moves every element, but {Place()} vanishes: x + step == x in {typeof(T).Name}, " +
                $"whose numbers lie {spacing} apart there. Give a larger one, or leave it out: it then suits each element.",
                parameter);
        }

        return T.IsFinite(size + (T.CreateChecked(stencil.Reach) * exact))
            ? exact
            : throw new ArgumentException(
                $"{operation} needs x + step within the range of {typeof(T).Name}, but {Place()} leads out of it. Give a smaller one.",
                parameter);

        string Place() => FormattableString.Invariant($"next to {element()} = {x} a step of {wanted:G3}");
    }
}
