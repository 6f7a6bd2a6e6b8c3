using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>A smooth function and a point in [−2, 2]ⁿ; a scalar-valued function is the sum of it.</summary>
public sealed record SmoothCase(SmoothFunction Function, double[] Point)
{
    /// <summary>Cases with one to five elements; the function shrinks first, then the point.</summary>
    public static Arbitrary<SmoothCase> Arbitrary() => Arb.From(
        from function in SmoothFunction.Any(depth: 3)
        from length in Gen.Choose(1, 5)
        from point in Gen.Choose(-2048, 2048).Select(x => x / 1024.0).ArrayOf(length)
        select new SmoothCase(function, point),
        Shrink);

    /// <summary>The point as an array.</summary>
    public NDArray<T> At<T>() where T : unmanaged, IFloatingPointIeee754<T> => NDArray.Create<T>(Array.ConvertAll(Point, T.CreateChecked));

    /// <summary>The sum of the function, so that every case, constants too, has a single number of the point.</summary>
    public NDArray<T> Total<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Sum(Function.Of(x) + (0 * x));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Function} at [{string.Join(", ", Point.Select(x => x.ToString(CultureInfo.InvariantCulture)))}]";

    private static IEnumerable<SmoothCase> Shrink(SmoothCase whole)
    {
        foreach (var part in whole.Function.Parts())
        {
            yield return whole with { Function = part };
        }

        for (var i = 0; whole.Point.Length > 1 && i < whole.Point.Length; i++)
        {
            yield return whole with { Point = [.. whole.Point[..i], .. whole.Point[(i + 1)..]] };
        }
    }
}
