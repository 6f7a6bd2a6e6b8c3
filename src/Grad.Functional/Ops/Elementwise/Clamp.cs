using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x held between two constants; NaN stays NaN.</summary>
    /// <remarks>Exact. Slope 1 strictly between the bounds, else 0, at the bounds too (PyTorch has 1 there, JAX ½).</remarks>
    /// <exception cref="ArgumentException"><paramref name="min"/> is not at most <paramref name="max"/>.</exception>
    public static NDArray<T> Clamp<T>(NDArray<T> x, T min, T max) where T : unmanaged, INumber<T>
    {
        if (!(min <= max))
        {
            throw new ArgumentException($"Clamp needs min ≤ max, but got {min} and {max}. Swap them.", nameof(min));
        }

        ArgumentNullException.ThrowIfNull(x);
        return x.IsDifferentiable
            ? new Unary<ClampOp>(new ClampOp(double.CreateChecked(min), double.CreateChecked(max))).On(x)
            : Minimum(Maximum(x, min), max);
    }

    /// <summary>x held between two arrays, elementwise, with broadcasting: <c>Minimum(Maximum(x, min), max)</c>.</summary>
    /// <remarks>Where x equals a bound, half of the cotangent goes to x and half to the bound.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Clamp<T>(NDArray<T> x, NDArray<T> min, NDArray<T> max) where T : unmanaged, INumber<T> =>
        Minimum(Maximum(x, min), max);
}

internal readonly struct ClampOp(double min, double max) : IUnaryOp
{
    public static string Name => "Clamp";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Unary(-20, 20, new ClampOp(-7, 9.5)) with { Kink = x => (x[0] + 7) * (x[0] - 9.5) }];

    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{min}, {max}");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Min(V.Max(x, V.Constant(min)), V.Constant(max));

    public V Slope<V>(V x, V y) where V : struct, ILane<V> =>
        V.Select(V.And(V.LessThan(V.Constant(min), x), V.LessThan(x, V.Constant(max))), V.Constant(1), V.Constant(0));
}
