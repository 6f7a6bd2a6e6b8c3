using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// 2/√π · e^(−x²), the slope of the error function: an op of its own, so that its factor is rounded to whatever element type it is computed
/// in, and its tail keeps its relative accuracy.
/// </summary>
internal readonly struct ErfDensityOp : IUnaryOp
{
    public static string Name => "ErfDensity";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<ErfDensityOp>(-6, 6) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.ErfDensity(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -2 * (x * y);
}
