using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>The remainder of the truncated division, with the sign of x (C's fmod); whole numbers throw on division by zero.</summary>
    /// <remarks>Exact. Slopes 1 and −trunc(x/y), at the steps too.</remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> operator %(NDArray<T> x, NDArray<T> y) => Binary<RemainderOp>.Call(x, y);

    /// <inheritdoc cref="op_Modulus(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator %(NDArray<T> x, T y) => Binary<RemainderOp>.Call(x, Number(y));

    /// <inheritdoc cref="op_Modulus(NDArray{T}, NDArray{T})"/>
    public static NDArray<T> operator %(T x, NDArray<T> y) => Binary<RemainderOp>.Call(Number(x), y);
}

internal readonly struct RemainderOp : IBinaryOp
{
    public static string Name => "Remainder";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Binary<RemainderOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(1, 20)) with { Kink = v => double.SinPi(v[0] / v[1]) }];

    public static T Integer<T>(T x, T y) where T : unmanaged, IBinaryInteger<T> => x % y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Remainder(x, y);

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => V.Constant(1);

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => -V.Truncate(x / y);
}
