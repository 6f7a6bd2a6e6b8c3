using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>2ˣ, exact for integers.</summary>
    /// <remarks>Max ULP: float 1.1, double 1.1. Slope 2ˣ · ln 2.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Exp2<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<Exp2Op>.Call(x);
}

internal readonly struct Exp2Op : IUnaryOp
{
    public static string Name => "Exp2";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<Exp2Op>(-30, 30) with { MaxUlp = (1.1, 1.1) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Exp2(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => y * 0.6931471805599453;
}
