using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// x/(x² + y²), the real part of 1/(x + iy), which both slopes of <see cref="NDMath.Atan2"/> are made of; 0 at the origin, with slopes 0. An op
/// of its own, because the rules of quotients would lose the difference of squares in its slope to cancellation.
/// </summary>
internal readonly struct ReciprocalRealOp : IBinaryOp
{
    public static string Name => "ReciprocalReal";

    // A sector in which no second derivative changes sign: where one does, its terms cancel.
    public static IEnumerable<OpSample> Samples =>
        [OpSample.Binary<ReciprocalRealOp>(OperandSpec.Real(8, 20), OperandSpec.Real(0.05, 4)) with { MaxUlp = (4, 4) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.ReciprocalReal(x, y);

    // (y² − x²)/(x² + y²)².
    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V>
    {
        var length = V.Hypot(x, y);
        return V.Select(V.LessThan(V.Constant(0), length), (y - x) / length * ((y + x) / length) / length / length, V.Constant(0));
    }

    // −2xy/(x² + y²)².
    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V>
    {
        var length = V.Hypot(x, y);
        return V.Select(V.LessThan(V.Constant(0), length), -2 * (x / length * (y / length)) / length / length, V.Constant(0));
    }
}
