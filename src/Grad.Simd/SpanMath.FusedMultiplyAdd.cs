using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = x[i]·y[i] + addend[i]</c> with one rounding.</summary>
    /// <remarks>
    /// Correctly rounded (at most 0.5 ULP) on every machine; slow where the hardware has no fused multiply-add.
    /// </remarks>
    /// <param name="x">The first factors.</param>
    /// <param name="y">The second factors.</param>
    /// <param name="addend">What is added to the products.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void FusedMultiplyAdd<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> addend, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(FusedMultiplyAddKernel), x, y, addend, destination);

    /// <summary><c>destination[i] = x[i]·y[i] + addend</c> with one rounding.</summary>
    /// <inheritdoc cref="FusedMultiplyAdd{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void FusedMultiplyAdd<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T addend, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(new FusedWithAddend(Scalar.ToDouble(addend)), x, y, destination);

    /// <summary><c>destination[i] = x[i]·y + addend[i]</c> with one rounding.</summary>
    /// <inheritdoc cref="FusedMultiplyAdd{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void FusedMultiplyAdd<T>(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> addend, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(new FusedWithFactor(Scalar.ToDouble(y)), x, addend, destination);

    private readonly struct FusedMultiplyAddKernel : ITernaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y, V z) where V : struct, ILane<V> => V.FusedMultiplyAdd(x, y, z);
    }

    private readonly struct FusedWithAddend(double addend) : IBinaryKernel, ILightKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.FusedMultiplyAdd(x, y, V.Constant(addend));
    }

    private readonly struct FusedWithFactor(double factor) : IBinaryKernel, ILightKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V addend) where V : struct, ILane<V> => V.FusedMultiplyAdd(x, V.Constant(factor), addend);
    }
}
