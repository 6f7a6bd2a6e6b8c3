using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>Where x is less than y; false for NaN, elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator <(NDArray<T> x, NDArray<T> y) => Compare<LessThanOp>.Call(x, y);

    /// <summary>Where x is greater than y; false for NaN, elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator >(NDArray<T> x, NDArray<T> y) => Compare<LessThanOp>.Call(y, x);
}

internal readonly struct LessThanOp : ICompareOp
{
    public static string Name => "LessThan";

    public static bool Holds(int order) => order < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.LessThan(x, y);
}
