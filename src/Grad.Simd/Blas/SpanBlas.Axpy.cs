using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanBlas
{
    /// <summary><c>y = alpha·x + y</c>, fused where the hardware has a fused multiply-add.</summary>
    /// <param name="alpha">The factor.</param>
    /// <param name="x">The terms.</param>
    /// <param name="y">The sums; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Axpy<T>(T alpha, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Zip.Run(new AxpyKernel(Scalar.ToDouble(alpha)), x, y, y);

    /// <summary><c>x = alpha·x</c>.</summary>
    /// <param name="alpha">The factor.</param>
    /// <param name="x">The elements.</param>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Scal<T>(T alpha, Span<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => SpanMath.Multiply(x, alpha, x);

    private readonly struct AxpyKernel(double alpha) : IBinaryKernel, ILightKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.MultiplyAdd(x, V.Constant(alpha), y);
    }
}
