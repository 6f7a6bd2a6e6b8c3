using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>Where x is at most y; false for NaN, elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator <=(NDArray<T> x, NDArray<T> y) => Compare<LessThanOrEqualOp>.Call(x, y);

    /// <summary>Where x is at least y; false for NaN, elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator >=(NDArray<T> x, NDArray<T> y) => Compare<LessThanOrEqualOp>.Call(y, x);
}

internal readonly struct LessThanOrEqualOp : ICompareOp
{
    public static string Name => "LessThanOrEqual";

    public static bool Holds(int order) => order <= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.LessThanOrEqual(x, y);
}
