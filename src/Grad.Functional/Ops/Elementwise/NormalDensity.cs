using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The density of the standard normal, the slope of its distribution function: an op of its own, so that its factor is rounded to whatever
/// element type it is computed in, and its tail keeps its relative accuracy.
/// </summary>
internal readonly struct NormalDensityOp : IUnaryOp
{
    public static string Name => "NormalDensity";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<NormalDensityOp>(-8, 8) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.NormalDensity(x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => -(x * y);
}
