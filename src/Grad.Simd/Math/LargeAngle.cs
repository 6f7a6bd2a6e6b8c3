using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// What remains of a large angle after parts of half circles, for the circular functions. Method: M. H. Payne and R. N. Hanek, Radian reduction
/// for trigonometric functions, 1983: of 1/π only those binary digits count whose products with x are neither multiples of 2 nor below the precision
/// that is wanted. Here <c>x = m·2^(g·k + s)</c> with g the spacing of the table and m integral, below 2⁶⁸ (double) or 2³² (float); the digits from
/// the place of that integer's unit on are four chunks of 48 or 24 bits. The products by the first three are taken exactly, in two parts, and
/// what is even and integral in them is dropped at once; all the rest is summed with the errors of the sums. What the digits left out add is below
/// 2⁻¹²¹ (double), 2⁻⁶¹ (float); no double is nearer to a multiple of π/2 than 2⁻⁶¹ (6381956970095103·2⁷⁹⁷), no float nearer than 2⁻³⁰ (16367173·2⁷²).
/// The exponents and the table are looked up one element at a time; all arithmetic is on vectors.
/// </summary>
internal static class LargeAngle
{
    private const int Chunks = 4;

    // A chunk has three times as many bits as the table's spacing: the chunks of a window are three entries apart.
    private const int Stride = 3;
    private const int Spacing64 = 16;
    private const int Spacing32 = 8;

    // Of the units of the integers that the table begins with; powers of two, below those of the least large angles.
    private const int First64 = -48;
    private const int First32 = -16;

    private static readonly double[] s_chunks64 = Table(First64, Spacing64, Binary64.Bias - Binary64.FractionBits);
    private static readonly float[] s_chunks32 = [.. Table(First32, Spacing32, Binary32.Bias - Binary32.FractionBits).Select(chunk => (float)chunk)];

    // The binary digits of 1/π after the point.
    private static ReadOnlySpan<ulong> Digits =>
    [
        0x517CC1B7_27220A94, 0xFE13ABE8_FA9A6EE0, 0x6DB14ACC_9E21C820, 0xFF28B1D5_EF5DE2B0, 0xDB92371D_2126E970, 0x03249775_04E8C90E,
        0x7F0EF58E_5894D39F, 0x74411AFA_975DA242, 0x74CE3813_5A2FBF20, 0x9CC8EB1C_C1A99CFA, 0x4E422FC5_DEFC941D, 0x8FFC4BFF_EF02CC07,
        0xF79788C5_AD05368F, 0xB69B3F67_93E584DB, 0xA7A31FB3_4F2FF516, 0xBA93DD63_F5F2F8BD, 0x9E839CFB_C5294975, 0x35FDAFD8_8FC6AE84,
    ];

    /// <summary>
    /// <c>x − n·π/parts</c> with n the integer that makes it least, for x from 2¹⁸ on; with what its last rounding lost, and n as a number whose pattern
    /// has n modulo 2·parts in its lowest bits. NaN for infinite x; unspecified, but a number, for lesser x.
    /// </summary>
    /// <param name="x">The angle, not negative.</param>
    /// <param name="parts">Of a half circle: a power of two.</param>
    /// <param name="shifted">n and <see cref="Binary64.RoundingShift"/>, over the parts.</param>
    /// <param name="rest">What the last rounding lost.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V LessMultipleOfPi64<V>(V x, double parts, out V shifted, out V rest) where V : struct, IHardwareLane<V, double>
    {
        Span<double> memory = stackalloc double[(1 + Chunks) * V.Count];
        Span<double> whole = memory[..V.Count], first = memory.Slice(V.Count, V.Count), second = memory.Slice(2 * V.Count, V.Count);
        Span<double> third = memory.Slice(3 * V.Count, V.Count), fourth = memory.Slice(4 * V.Count, V.Count);
        V.Store(x, ref whole[0]);
        var table = s_chunks64;
        for (var i = 0; i < V.Count; i++)
        {
            var bits = BitConverter.DoubleToInt64Bits(whole[i]);
            var exponent = Math.Max(((int)(bits >>> Binary64.FractionBits) & 2047) - (Binary64.Bias + Binary64.FractionBits + First64), 0);
            var window = exponent / Spacing64;
            var own = Binary64.Bias + Binary64.FractionBits + (exponent % Spacing64);
            whole[i] = BitConverter.Int64BitsToDouble((bits & Binary64.FractionMask) | ((long)own << Binary64.FractionBits));
            first[i] = table[window];
            second[i] = table[window + Stride];
            third[i] = table[window + (2 * Stride)];
            fourth[i] = table[window + (3 * Stride)];
        }

        // Of an infinite x and NaN the difference is NaN.
        return LessMultipleOfPi<V, double>(
            V.Load(in whole[0]), V.Load(in first[0]) + (x - x), V.Load(in second[0]), V.Load(in third[0]), V.Load(in fourth[0]),
            1.0 / (1L << (Stride * Spacing64)), ProductError.Splitter64, Binary64.RoundingShift / parts, 3.141592653589793, 1.2246467991473532e-16,
            out shifted, out rest);
    }

    /// <summary>The same of floats, for x from 2¹¹ on.</summary>
    /// <param name="x">The angle, not negative.</param>
    /// <param name="parts">Of a half circle: a power of two.</param>
    /// <param name="shifted">n and <see cref="Binary32.RoundingShift"/>, over the parts.</param>
    /// <param name="rest">What the last rounding lost.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V LessMultipleOfPi32<V>(V x, double parts, out V shifted, out V rest) where V : struct, IHardwareLane<V, float>
    {
        Span<float> memory = stackalloc float[(1 + Chunks) * V.Count];
        Span<float> whole = memory[..V.Count], first = memory.Slice(V.Count, V.Count), second = memory.Slice(2 * V.Count, V.Count);
        Span<float> third = memory.Slice(3 * V.Count, V.Count), fourth = memory.Slice(4 * V.Count, V.Count);
        V.Store(x, ref whole[0]);
        var table = s_chunks32;
        for (var i = 0; i < V.Count; i++)
        {
            var bits = BitConverter.SingleToInt32Bits(whole[i]);
            var exponent = Math.Max(((bits >>> Binary32.FractionBits) & 255) - (Binary32.Bias + Binary32.FractionBits + First32), 0);
            var window = exponent / Spacing32;
            var own = Binary32.Bias + Binary32.FractionBits + (exponent % Spacing32);
            whole[i] = BitConverter.Int32BitsToSingle((bits & Binary32.FractionMask) | (own << Binary32.FractionBits));
            first[i] = table[window];
            second[i] = table[window + Stride];
            third[i] = table[window + (2 * Stride)];
            fourth[i] = table[window + (3 * Stride)];
        }

        return LessMultipleOfPi<V, float>(
            V.Load(in whole[0]), V.Load(in first[0]) + (x - x), V.Load(in second[0]), V.Load(in third[0]), V.Load(in fourth[0]),
            1.0 / (1L << (Stride * Spacing32)), ProductError.Splitter32, Binary32.RoundingShift / parts, 3.1415927410125732, -8.742277657347586e-08,
            out shifted, out rest);
    }

    // The chunks are in [0, 2), as if each were the first; x takes their weights.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LessMultipleOfPi<V, T>(
        V x, V first, V second, V third, V fourth, double weight, double splitter, double shift, double pi, double piRest,
        out V shifted, out V rest)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var product1 = x * first;
        var error1 = ProductError.Of(x, first, product1, splitter);
        x *= weight;
        var product2 = x * second;
        var error2 = ProductError.Of(x, second, product2, splitter);
        x *= weight;
        var product3 = x * third;
        var error3 = ProductError.Of(x, third, product3, splitter);
        var product4 = x * weight * fourth;

        // Exact: multiples of the first chunk's last place, at most 2.
        var high = LessEven<V, T>(product1) + LessEven<V, T>(error1);
        var middle = LessEven<V, T>(product2);
        shifted = high + middle + shift;
        high -= shifted - shift;

        var sum = Sum<V, T>(high, middle, out var lost);
        var low = Sum<V, T>(error2, product3, out var lowLost);
        sum = Sum<V, T>(sum, low, out var sumLost);
        low = (lost + sumLost) + (lowLost + error3) + product4;
        var fraction = Sum<V, T>(sum, low, out low);

        var angle = fraction * pi;
        var error = ProductError.Of(fraction, V.Constant(pi), angle, splitter) + V.MultiplyAdd(fraction, piRest, low * pi);
        var result = angle + error;
        rest = error - (result - angle);
        return result;
    }

    /// <summary>x less the even number next to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LessEven<V, T>(V x)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged => x - 2 * V.RoundToEven(0.5 * x);

    /// <summary>A sum and what its rounding lost; either of the summands may be the larger (D. E. Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V, T>(V x, V y, out V lost)
        where V : struct, IHardwareLane<V, T>
        where T : unmanaged
    {
        var sum = x + y;
        var other = sum - x;
        lost = (x - (sum - other)) + (y - other);
        return sum;
    }

    // Entry k holds the digits that an integer in units of 2^(first + spacing·k) needs first, from that of weight 1 on.
    private static double[] Table(int first, int spacing, int last)
    {
        var bits = Stride * spacing;
        var table = new double[((last - first) / spacing) + 1 + ((Chunks - 1) * Stride)];
        for (var k = 0; k < table.Length; k++)
        {
            var chunk = 0L;
            for (var i = 0; i < bits; i++)
            {
                chunk = (2 * chunk) + Digit(first + (spacing * k) + i);
            }
            table[k] = (double)chunk / (1L << (bits - 1));
        }
        return table;
    }

    // The digit of weight 2⁻ⁱ.
    private static long Digit(int i) => i < 1 ? 0 : (long)(Digits[(i - 1) / 64] >> (63 - ((i - 1) % 64))) & 1;
}
