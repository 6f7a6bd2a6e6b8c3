using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

// Ranges, signs, exponents.
public partial struct F32x64
{
    // Of the range instruction: the lesser in magnitude, with the sign of the first.
    private const byte LesserMagnitude = 2;

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F32x64 AtLeast(F32x64 x, double low)
    {
        var least = Vector512.Create((float)low);
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
    public static F32x64 AtMost(F32x64 x, double high)
    {
        var most = Vector512.Create((float)high);
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
    public static F32x64 InRange(F32x64 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var least = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
        var first = Vector512.Create(least);
        var end = Vector512.Create(BitConverter.SingleToInt32Bits((float)high) - least);
        return new()
        {
            A = Vector512.LessThan(x.A.AsInt32() - first, end).AsSingle(),
            B = Vector512.LessThan(x.B.AsInt32() - first, end).AsSingle(),
            C = Vector512.LessThan(x.C.AsInt32() - first, end).AsSingle(),
            D = Vector512.LessThan(x.D.AsInt32() - first, end).AsSingle(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 RoundToEven(F32x64 x) =>
        new() { A = Vector512.Round(x.A), B = Vector512.Round(x.B), C = Vector512.Round(x.C), D = Vector512.Round(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 CopySign(F32x64 magnitude, F32x64 sign) => new()
    {
        A = Vector512.CopySign(magnitude.A, sign.A),
        B = Vector512.CopySign(magnitude.B, sign.B),
        C = Vector512.CopySign(magnitude.C, sign.C),
        D = Vector512.CopySign(magnitude.D, sign.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 FlipSign(F32x64 x, F32x64 sign)
    {
        var signBit = Vector512.Create(-0f);
        return new() { A = x.A ^ (sign.A & signBit), B = x.B ^ (sign.B & signBit), C = x.C ^ (sign.C & signBit), D = x.D ^ (sign.D & signBit) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 FlipSignByLowBit(F32x64 x, F32x64 pattern) => new()
    {
        A = (x.A.AsInt32() ^ (pattern.A.AsInt32() << Binary32.SignBit)).AsSingle(),
        B = (x.B.AsInt32() ^ (pattern.B.AsInt32() << Binary32.SignBit)).AsSingle(),
        C = (x.C.AsInt32() ^ (pattern.C.AsInt32() << Binary32.SignBit)).AsSingle(),
        D = (x.D.AsInt32() ^ (pattern.D.AsInt32() << Binary32.SignBit)).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 ScaleByPowerOfTwo(F32x64 x, F32x64 n) =>
        new() { A = Avx512F.Scale(x.A, n.A), B = Avx512F.Scale(x.B, n.B), C = Avx512F.Scale(x.C, n.C), D = Avx512F.Scale(x.D, n.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 AddToExponent(F32x64 x, F32x64 shifted) => new()
    {
        A = (x.A.AsInt32() + (shifted.A.AsInt32() << Binary32.FractionBits)).AsSingle(),
        B = (x.B.AsInt32() + (shifted.B.AsInt32() << Binary32.FractionBits)).AsSingle(),
        C = (x.C.AsInt32() + (shifted.C.AsInt32() << Binary32.FractionBits)).AsSingle(),
        D = (x.D.AsInt32() + (shifted.D.AsInt32() << Binary32.FractionBits)).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 AddQuartersToExponent(F32x64 x, F32x64 shifted) => new()
    {
        A = (x.A.AsInt32() + ((shifted.A.AsInt32() & Vector512.Create(~3)) << Binary32.QuarterBits)).AsSingle(),
        B = (x.B.AsInt32() + ((shifted.B.AsInt32() & Vector512.Create(~3)) << Binary32.QuarterBits)).AsSingle(),
        C = (x.C.AsInt32() + ((shifted.C.AsInt32() & Vector512.Create(~3)) << Binary32.QuarterBits)).AsSingle(),
        D = (x.D.AsInt32() + ((shifted.D.AsInt32() & Vector512.Create(~3)) << Binary32.QuarterBits)).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 QuarterPowerOfTwo(F32x64 pattern) => new()
    {
        A = QuarterPowers.Of(pattern.A),
        B = QuarterPowers.Of(pattern.B),
        C = QuarterPowers.Of(pattern.C),
        D = QuarterPowers.Of(pattern.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 FourthBitToSign(F32x64 pattern) => new()
    {
        A = (pattern.A.AsInt32() << (Binary32.SignBit - 3)).AsSingle(),
        B = (pattern.B.AsInt32() << (Binary32.SignBit - 3)).AsSingle(),
        C = (pattern.C.AsInt32() << (Binary32.SignBit - 3)).AsSingle(),
        D = (pattern.D.AsInt32() << (Binary32.SignBit - 3)).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 ScaleByFloor(F32x64 x, F32x64 n) => ScaleByPowerOfTwo(x, n);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Limit(F32x64 x, double limit)
    {
        var all = Vector512.Create((float)limit);
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
    public static bool AllInRange(F32x64 x, double low, double high)
    {
        var least = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
        var first = Vector512.Create(least);
        var greatest = Vector512.Max(
            Vector512.Max(x.A.AsInt32() - first, x.B.AsInt32() - first), Vector512.Max(x.C.AsInt32() - first, x.D.AsInt32() - first));
        return Vector512.LessThanAll(greatest, Vector512.Create(BitConverter.SingleToInt32Bits((float)high) - least));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool AllWithin(F32x64 x, double limit)
    {
        var magnitude = Abs(x);
        var greatest = Vector512.Max(
            Vector512.Max(magnitude.A.AsInt32(), magnitude.B.AsInt32()), Vector512.Max(magnitude.C.AsInt32(), magnitude.D.AsInt32()));
        return Vector512.LessThanAll(greatest, Vector512.Create(BitConverter.SingleToInt32Bits((float)limit)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 PowerOfTwo(F32x64 n)
    {
        var bias = Vector512.Create((float)Binary32.BiasedShift);
        return new()
        {
            A = ((bias + n.A).AsInt32() << Binary32.FractionBits).AsSingle(),
            B = ((bias + n.B).AsInt32() << Binary32.FractionBits).AsSingle(),
            C = ((bias + n.C).AsInt32() << Binary32.FractionBits).AsSingle(),
            D = ((bias + n.D).AsInt32() << Binary32.FractionBits).AsSingle(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 PowerGuess(F32x64 x, double exponent, double offset)
    {
        var pattern = Vector512.Create(Binary32.IntegerPattern);
        var factor = Vector512.Create((float)exponent);
        var all = Vector512.Create((float)offset);
        return new()
        {
            A = (Vector512.FusedMultiplyAdd(((x.A.AsInt32() >>> Binary32.GuessBits) | pattern).AsSingle(), factor, all).AsInt32() << Binary32.GuessBits).AsSingle(),
            B = (Vector512.FusedMultiplyAdd(((x.B.AsInt32() >>> Binary32.GuessBits) | pattern).AsSingle(), factor, all).AsInt32() << Binary32.GuessBits).AsSingle(),
            C = (Vector512.FusedMultiplyAdd(((x.C.AsInt32() >>> Binary32.GuessBits) | pattern).AsSingle(), factor, all).AsInt32() << Binary32.GuessBits).AsSingle(),
            D = (Vector512.FusedMultiplyAdd(((x.D.AsInt32() >>> Binary32.GuessBits) | pattern).AsSingle(), factor, all).AsInt32() << Binary32.GuessBits).AsSingle(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Significand(F32x64 x, out F32x64 shift)
    {
        // 11: the interval [3/4, 3/2), NaN for negative numbers.
        var significand = new F32x64
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
    public static F32x64 Mantissa(F32x64 x, out F32x64 exponent)
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
    public static F32x64 LessExponent(F32x64 x, F32x64 y)
    {
        var one = Vector512.Create(Binary32.One);
        var mask = Vector512.Create(~Binary32.FractionMask);
        return new()
        {
            A = ((x.A.AsInt32() + one) - (y.A.AsInt32() & mask)).AsSingle(),
            B = ((x.B.AsInt32() + one) - (y.B.AsInt32() & mask)).AsSingle(),
            C = ((x.C.AsInt32() + one) - (y.C.AsInt32() & mask)).AsSingle(),
            D = ((x.D.AsInt32() + one) - (y.D.AsInt32() & mask)).AsSingle(),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Eighth(F32x64 x) => new()
    {
        A = (x.A.AsInt32() >>> Binary32.EighthBits).AsSingle(),
        B = (x.B.AsInt32() >>> Binary32.EighthBits).AsSingle(),
        C = (x.C.AsInt32() >>> Binary32.EighthBits).AsSingle(),
        D = (x.D.AsInt32() >>> Binary32.EighthBits).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 HalfOctave(F32x64 x) => new()
    {
        A = ((x.A.AsInt32() + Vector512.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle(),
        B = ((x.B.AsInt32() + Vector512.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle(),
        C = ((x.C.AsInt32() + Vector512.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle(),
        D = ((x.D.AsInt32() + Vector512.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle(),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LookUp<TTable>(F32x64 eighth, int row = 0) where TTable : struct, IEighths
    {
        var table = Eighths<TTable>.Wide32(row);
        return new()
        {
            A = Avx512F.PermuteVar16x32(table, eighth.A.AsInt32()),
            B = Avx512F.PermuteVar16x32(table, eighth.B.AsInt32()),
            C = Avx512F.PermuteVar16x32(table, eighth.C.AsInt32()),
            D = Avx512F.PermuteVar16x32(table, eighth.D.AsInt32()),
        };
    }

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on several vectors side by side: they stand in the loops of elementwise kernels alone.");
}
