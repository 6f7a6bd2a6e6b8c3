using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The cube root, of negative numbers too; exact for cubes.</summary>
    /// <remarks>
    /// Max ULP: float 0.85, double 0.85. Slope 1 / (3·y²); +∞ at x = 0, where the second derivative is NaN: its limits from the two sides
    /// differ.
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Cbrt<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<CbrtOp>.Call(x);
}

internal readonly struct CbrtOp : IUnaryOp
{
    public static string Name => "Cbrt";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Unary<CbrtOp>(0, 1e6) with { MaxUlp = (0.85, 0.85) }, OpSample.Unary<CbrtOp>(-1e3, 0) with { MaxUlp = (0.85, 0.85) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Cbrt(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => 1 / (3 * (y * y));
}
