using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>Where x equals y; false for NaN (to test for null, write <c>x is null</c>), elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator ==(NDArray<T> x, NDArray<T> y) => Compare<EqualOp>.Call(x, y);

    /// <summary>Where x differs from y; true for NaN (to test for null, write <c>x is not null</c>), elementwise, with broadcasting. A constant to derivatives.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<bool> operator !=(NDArray<T> x, NDArray<T> y) => NotOp.Call(Compare<EqualOp>.Call(x, y));
}

internal readonly struct EqualOp : ICompareOp
{
    public static string Name => "Equal";

    public static bool Holds(int order) => order == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Equal(x, y);
}
