using System.Globalization;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// Times a constant that no float holds, such as ln 2. The op keeps it in double, so that a trace in float that is taken anew in double has
/// all of its digits; as an array of the trace it would be rounded for good.
/// </summary>
internal readonly struct ScaleOp(double factor) : IUnaryOp
{
    public static string Name => "Scale";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary(-20, 20, new ScaleOp((float)Math.PI)) with { MaxUlp = (1.5, 0.5) }];

    public string Attributes => factor.ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => x * factor;

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Constant(factor);
}
