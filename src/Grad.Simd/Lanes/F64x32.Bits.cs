using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

// Ranges, signs, exponents.
public partial struct F64x32
{
    // Of the range instruction: the lesser in magnitude, with the sign of the first.
    private const byte LesserMagnitude = 2;

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F64x32 AtLeast(F64x32 x, double low)
    {
        var least = Vector512.Create(low);
        return new()
        {
            A = Vector512.MaxNative(least, x.A),
            B = Vector512.MaxNative(least, x.B),
            C = Vector512.MaxNative(least, x.C),
            D = Vector512.MaxNative(least, x.D),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 AtMost(F64x32 x, double high)
    {
        var most = Vector512.Create(high);
        return new()
        {
            A = Vector512.MinNative(most, x.A),
            B = Vector512.MinNative(most, x.B),
            C = Vector512.MinNative(most, x.C),
            D = Vector512.MinNative(most, x.D),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 InRange(F64x32 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var least = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var first = Vector512.Create(least);
        var end = Vector512.Create(BitConverter.DoubleToInt64Bits(high) - least);
        return new()
        {
            A = Vector512.LessThan(x.A.AsInt64() - first, end).AsDouble(),
            B = Vector512.LessThan(x.B.AsInt64() - first, end).AsDouble(),
            C = Vector512.LessThan(x.C.AsInt64() - first, end).AsDouble(),
            D = Vector512.LessThan(x.D.AsInt64() - first, end).AsDouble(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 RoundToEven(F64x32 x) =>
        new() { A = Vector512.Round(x.A), B = Vector512.Round(x.B), C = Vector512.Round(x.C), D = Vector512.Round(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 CopySign(F64x32 magnitude, F64x32 sign) => new()
    {
        A = Vector512.CopySign(magnitude.A, sign.A),
        B = Vector512.CopySign(magnitude.B, sign.B),
        C = Vector512.CopySign(magnitude.C, sign.C),
        D = Vector512.CopySign(magnitude.D, sign.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 FlipSign(F64x32 x, F64x32 sign)
    {
        var signBit = Vector512.Create(-0.0);
        return new() { A = x.A ^ (sign.A & signBit), B = x.B ^ (sign.B & signBit), C = x.C ^ (sign.C & signBit), D = x.D ^ (sign.D & signBit) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 FlipSignByLowBit(F64x32 x, F64x32 pattern) => new()
    {
        A = (x.A.AsInt64() ^ (pattern.A.AsInt64() << Binary64.SignBit)).AsDouble(),
        B = (x.B.AsInt64() ^ (pattern.B.AsInt64() << Binary64.SignBit)).AsDouble(),
        C = (x.C.AsInt64() ^ (pattern.C.AsInt64() << Binary64.SignBit)).AsDouble(),
        D = (x.D.AsInt64() ^ (pattern.D.AsInt64() << Binary64.SignBit)).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 ScaleByPowerOfTwo(F64x32 x, F64x32 n) =>
        new() { A = Avx512F.Scale(x.A, n.A), B = Avx512F.Scale(x.B, n.B), C = Avx512F.Scale(x.C, n.C), D = Avx512F.Scale(x.D, n.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 AddToExponent(F64x32 x, F64x32 shifted) => new()
    {
        A = (x.A.AsInt64() + (shifted.A.AsInt64() << Binary64.FractionBits)).AsDouble(),
        B = (x.B.AsInt64() + (shifted.B.AsInt64() << Binary64.FractionBits)).AsDouble(),
        C = (x.C.AsInt64() + (shifted.C.AsInt64() << Binary64.FractionBits)).AsDouble(),
        D = (x.D.AsInt64() + (shifted.D.AsInt64() << Binary64.FractionBits)).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 AddQuartersToExponent(F64x32 x, F64x32 shifted) => new()
    {
        A = (x.A.AsInt64() + ((shifted.A.AsInt64() & Vector512.Create(~3L)) << Binary64.QuarterBits)).AsDouble(),
        B = (x.B.AsInt64() + ((shifted.B.AsInt64() & Vector512.Create(~3L)) << Binary64.QuarterBits)).AsDouble(),
        C = (x.C.AsInt64() + ((shifted.C.AsInt64() & Vector512.Create(~3L)) << Binary64.QuarterBits)).AsDouble(),
        D = (x.D.AsInt64() + ((shifted.D.AsInt64() & Vector512.Create(~3L)) << Binary64.QuarterBits)).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 QuarterPowerOfTwo(F64x32 pattern) => new()
    {
        A = QuarterPowers.Of(pattern.A),
        B = QuarterPowers.Of(pattern.B),
        C = QuarterPowers.Of(pattern.C),
        D = QuarterPowers.Of(pattern.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 FourthBitToSign(F64x32 pattern) => new()
    {
        A = (pattern.A.AsInt64() << (Binary64.SignBit - 3)).AsDouble(),
        B = (pattern.B.AsInt64() << (Binary64.SignBit - 3)).AsDouble(),
        C = (pattern.C.AsInt64() << (Binary64.SignBit - 3)).AsDouble(),
        D = (pattern.D.AsInt64() << (Binary64.SignBit - 3)).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 ScaleByFloor(F64x32 x, F64x32 n) => ScaleByPowerOfTwo(x, n);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Limit(F64x32 x, double limit)
    {
        var all = Vector512.Create(limit);
        return new()
        {
            A = Avx512DQ.Range(x.A, all, LesserMagnitude),
            B = Avx512DQ.Range(x.B, all, LesserMagnitude),
            C = Avx512DQ.Range(x.C, all, LesserMagnitude),
            D = Avx512DQ.Range(x.D, all, LesserMagnitude),
        };
    }

    /// <inheritdoc/>
    // One comparison, of the greatest: masks of 512 bits are dear.
    [MethodImpl(Inline)]
    public static bool AllInRange(F64x32 x, double low, double high)
    {
        var least = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var first = Vector512.Create(least);
        var greatest = Vector512.Max(
            Vector512.Max(x.A.AsInt64() - first, x.B.AsInt64() - first), Vector512.Max(x.C.AsInt64() - first, x.D.AsInt64() - first));
        return Vector512.LessThanAll(greatest, Vector512.Create(BitConverter.DoubleToInt64Bits(high) - least));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool AllWithin(F64x32 x, double limit)
    {
        var magnitude = Abs(x);
        var greatest = Vector512.Max(
            Vector512.Max(magnitude.A.AsInt64(), magnitude.B.AsInt64()), Vector512.Max(magnitude.C.AsInt64(), magnitude.D.AsInt64()));
        return Vector512.LessThanAll(greatest, Vector512.Create(BitConverter.DoubleToInt64Bits(limit)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 PowerOfTwo(F64x32 n)
    {
        var bias = Vector512.Create(Binary64.BiasedShift);
        return new()
        {
            A = ((bias + n.A).AsInt64() << Binary64.FractionBits).AsDouble(),
            B = ((bias + n.B).AsInt64() << Binary64.FractionBits).AsDouble(),
            C = ((bias + n.C).AsInt64() << Binary64.FractionBits).AsDouble(),
            D = ((bias + n.D).AsInt64() << Binary64.FractionBits).AsDouble(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 PowerGuess(F64x32 x, double exponent, double offset)
    {
        var pattern = Vector512.Create(Binary64.IntegerPattern);
        var factor = Vector512.Create(exponent);
        var all = Vector512.Create(offset);
        return new()
        {
            A = (Vector512.FusedMultiplyAdd(((x.A.AsInt64() >>> Binary64.GuessBits) | pattern).AsDouble(), factor, all).AsInt64() << Binary64.GuessBits).AsDouble(),
            B = (Vector512.FusedMultiplyAdd(((x.B.AsInt64() >>> Binary64.GuessBits) | pattern).AsDouble(), factor, all).AsInt64() << Binary64.GuessBits).AsDouble(),
            C = (Vector512.FusedMultiplyAdd(((x.C.AsInt64() >>> Binary64.GuessBits) | pattern).AsDouble(), factor, all).AsInt64() << Binary64.GuessBits).AsDouble(),
            D = (Vector512.FusedMultiplyAdd(((x.D.AsInt64() >>> Binary64.GuessBits) | pattern).AsDouble(), factor, all).AsInt64() << Binary64.GuessBits).AsDouble(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Significand(F64x32 x, out F64x32 shift)
    {
        // 11: the interval [3/4, 3/2), NaN for negative numbers.
        var significand = new F64x32
        {
            A = Avx512F.GetMantissa(x.A, 11),
            B = Avx512F.GetMantissa(x.B, 11),
            C = Avx512F.GetMantissa(x.C, 11),
            D = Avx512F.GetMantissa(x.D, 11),
        };
        shift = new()
        {
            A = Avx512F.GetExponent(significand.A) - Avx512F.GetExponent(x.A),
            B = Avx512F.GetExponent(significand.B) - Avx512F.GetExponent(x.B),
            C = Avx512F.GetExponent(significand.C) - Avx512F.GetExponent(x.C),
            D = Avx512F.GetExponent(significand.D) - Avx512F.GetExponent(x.D),
        };
        return significand;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Mantissa(F64x32 x, out F64x32 exponent)
    {
        exponent = new()
        {
            A = Avx512F.GetExponent(x.A),
            B = Avx512F.GetExponent(x.B),
            C = Avx512F.GetExponent(x.C),
            D = Avx512F.GetExponent(x.D),
        };

        // 8: the interval [1, 2), NaN for negative numbers.
        return new()
        {
            A = Avx512F.GetMantissa(x.A, 8),
            B = Avx512F.GetMantissa(x.B, 8),
            C = Avx512F.GetMantissa(x.C, 8),
            D = Avx512F.GetMantissa(x.D, 8),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LessExponent(F64x32 x, F64x32 y)
    {
        var one = Vector512.Create(Binary64.One);
        var mask = Vector512.Create(~Binary64.FractionMask);
        return new()
        {
            A = ((x.A.AsInt64() + one) - (y.A.AsInt64() & mask)).AsDouble(),
            B = ((x.B.AsInt64() + one) - (y.B.AsInt64() & mask)).AsDouble(),
            C = ((x.C.AsInt64() + one) - (y.C.AsInt64() & mask)).AsDouble(),
            D = ((x.D.AsInt64() + one) - (y.D.AsInt64() & mask)).AsDouble(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Eighth(F64x32 x) => new()
    {
        A = (x.A.AsInt64() >>> Binary64.EighthBits).AsDouble(),
        B = (x.B.AsInt64() >>> Binary64.EighthBits).AsDouble(),
        C = (x.C.AsInt64() >>> Binary64.EighthBits).AsDouble(),
        D = (x.D.AsInt64() >>> Binary64.EighthBits).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 HalfOctave(F64x32 x) => new()
    {
        A = ((x.A.AsInt64() + Vector512.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble(),
        B = ((x.B.AsInt64() + Vector512.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble(),
        C = ((x.C.AsInt64() + Vector512.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble(),
        D = ((x.D.AsInt64() + Vector512.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LookUp<TTable>(F64x32 eighth, int row = 0) where TTable : struct, IEighths
    {
        var table = Eighths<TTable>.Wide64(row);
        return new()
        {
            A = Avx512F.PermuteVar8x64(table, eighth.A.AsInt64()),
            B = Avx512F.PermuteVar8x64(table, eighth.B.AsInt64()),
            C = Avx512F.PermuteVar8x64(table, eighth.C.AsInt64()),
            D = Avx512F.PermuteVar8x64(table, eighth.D.AsInt64()),
        };
    }

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on several vectors side by side: they stand in the loops of elementwise kernels alone.");
}
