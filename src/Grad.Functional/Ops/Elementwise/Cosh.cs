using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The hyperbolic cosine; it overflows only where the result does.</summary>
    /// <remarks>Max ULP: float 1.5, double 1.5. Slope sinh x.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Cosh<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<CoshOp>.Call(x);
}

internal readonly struct CoshOp : IUnaryOp
{
    public static string Name => "Cosh";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<CoshOp>(-30, 30) with { MaxUlp = (1.5, 1.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Cosh(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Sinh(x);
}
