using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

public static partial class SpanMath
{
    /// <summary><c>destination[i] = x[i]^y[i]</c>.</summary>
    /// <remarks>
    /// At most 1 ULP, into the subnormals. Special cases are those of <see cref="System.Math.Pow"/>: 1^y = x^0 = 1, NaN included; a
    /// negative x needs an integral y, or gives NaN.
    /// </remarks>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    /// <param name="destination">The results; begins with an input or is disjoint from it.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the destination is shorter, or it overlaps an input without beginning with it.
    /// </exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Pow<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(PowKernel), x, y, destination);

    /// <summary><c>destination[i] = x[i]^y</c>; correctly rounded for the exponents 0, 1, 2, −1 and ½.</summary>
    /// <inheritdoc cref="Pow{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Pow<T>(ReadOnlySpan<T> x, T y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(new PowOfConstantKernel(Scalar.ToDouble(y)), x, destination);

    /// <summary><c>destination[i] = x^y[i]</c>.</summary>
    /// <inheritdoc cref="Pow{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/>
    public static void Pow<T>(T x, ReadOnlySpan<T> y, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Zip.Run(default(PowKernel), x, y, destination);

    /// <summary><c>destination[i] = ∛x[i]</c>, of negative numbers too; exact for cubes.</summary>
    /// <remarks>
    /// At most 0.85 ULP. ±0 and ±∞ give themselves, NaN gives NaN.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="destination">The results; begins with x or is disjoint from it.</param>
    /// <exception cref="ArgumentException">The destination is shorter than x, or overlaps it without beginning with it.</exception>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public static void Cbrt<T>(ReadOnlySpan<T> x, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Map.Run(default(CbrtKernel), x, destination);

    private readonly struct PowKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Pow(x, y);
    }

    private readonly struct PowOfConstantKernel(double exponent) : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Pow(x, exponent);
    }

    private readonly struct CbrtKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => V.Cbrt(x);
    }
}
