using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>A number beside spans: the same in every lane.</summary>
internal static class Scalar
{
    /// <summary>The number as the constant of a lane, from which it comes back unchanged.</summary>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<T, double>(value);
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<T, float>(value);
        Contract.ThrowElementType<T>();
        return default;
    }

    /// <summary>The number as an element, rounded once.</summary>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromDouble<T>(double value) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<double, T>(value);
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>((float)value);
        Contract.ThrowElementType<T>();
        return default;
    }
}

/// <summary>A function of two numbers whose first is fixed.</summary>
internal readonly struct WithFirst<TKernel>(TKernel kernel, double x) : IUnaryKernel
    where TKernel : struct, IBinaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V y) where V : struct, ILane<V> => kernel.Eval(V.Constant(x), y);
}

/// <summary>A function of two numbers whose second is fixed.</summary>
internal readonly struct WithSecond<TKernel>(TKernel kernel, double y) : IUnaryKernel
    where TKernel : struct, IBinaryKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => kernel.Eval(x, V.Constant(y));
}
