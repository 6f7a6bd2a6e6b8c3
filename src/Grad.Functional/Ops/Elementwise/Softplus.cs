using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>ln(1 + eˣ), without overflow: max(x, 0) + log1p(e^−|x|).</summary>
    /// <remarks>Max ULP: float 3, double 3. Slope the logistic function.</remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Softplus<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SoftplusOp>.Call(x);
}

internal readonly struct SoftplusOp : IUnaryOp
{
    public static string Name => "Softplus";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SoftplusOp>(-30, 30) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Max(x, V.Constant(0)) + V.LogP1(V.Exp(-V.Abs(x)));

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Sigmoid(x);
}
