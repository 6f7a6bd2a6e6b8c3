using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Thirty-two doubles in four 512-bit vectors.</summary>
/// <remarks>
/// Side by side they share the loads of constants, which at 512 bits take as long as the arithmetic. For the loops of elementwise kernels
/// alone: what speaks of one vector has no meaning here.
/// </remarks>
public struct F64x32 : IFloat64Lane<F64x32>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Of the range instruction: the lesser in magnitude, with the sign of the first.
    private const byte LesserMagnitude = 2;

    /// <summary>The first of the vectors.</summary>
    public Vector512<double> A;

    /// <summary>The second of the vectors.</summary>
    public Vector512<double> B;

    /// <summary>The third of the vectors.</summary>
    public Vector512<double> C;

    /// <summary>The fourth of the vectors.</summary>
    public Vector512<double> D;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 32; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Constant(double value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Broadcast(double value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Load(ref readonly double source) => new()
    {
        A = Vector512.LoadUnsafe(in source, 0),
        B = Vector512.LoadUnsafe(in source, 8),
        C = Vector512.LoadUnsafe(in source, 16),
        D = Vector512.LoadUnsafe(in source, 24),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Store(F64x32 x, ref double destination)
    {
        x.A.StoreUnsafe(ref destination, 0);
        x.B.StoreUnsafe(ref destination, 8);
        x.C.StoreUnsafe(ref destination, 16);
        x.D.StoreUnsafe(ref destination, 24);
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    public static F64x32 LoadMask(ref readonly bool source) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void StoreMask(F64x32 mask, ref bool destination) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static double Sum(F64x32 x) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static double First(F64x32 x) => throw Silent();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool All(F64x32 mask) => (mask.A & mask.B & mask.C & mask.D).ExtractMostSignificantBits() == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(F64x32 x, F64x32 y) => new() { A = x.A + y.A, B = x.B + y.B, C = x.C + y.C, D = x.D + y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x, F64x32 y) => new() { A = x.A - y.A, B = x.B - y.B, C = x.C - y.C, D = x.D - y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(F64x32 x, F64x32 y) => new() { A = x.A * y.A, B = x.B * y.B, C = x.C * y.C, D = x.D * y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(F64x32 x, F64x32 y) => new() { A = x.A / y.A, B = x.B / y.B, C = x.C / y.C, D = x.D / y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x) => new() { A = -x.A, B = -x.B, C = -x.C, D = -x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A + all, B = x.B + all, C = x.C + all, D = x.D + all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A - all, B = x.B - all, C = x.C - all, D = x.D - all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A * all, B = x.B * all, C = x.C * all, D = x.D * all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A / all, B = x.B / all, C = x.C / all, D = x.D / all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all + y.A, B = all + y.B, C = all + y.C, D = all + y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all - y.A, B = all - y.B, C = all - y.C, D = all - y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all * y.A, B = all * y.B, C = all * y.C, D = all * y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all / y.A, B = all / y.B, C = all / y.C, D = all / y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(F64x32 x, F64x32 y, F64x32 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(F64x32 x, F64x32 y, double z)
    {
        var addend = Vector512.Create(z);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(x.A, y.A, addend),
            B = Vector512.FusedMultiplyAdd(x.B, y.B, addend),
            C = Vector512.FusedMultiplyAdd(x.C, y.C, addend),
            D = Vector512.FusedMultiplyAdd(x.D, y.D, addend),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(F64x32 x, double y, F64x32 z)
    {
        var factor = Vector512.Create(y);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(x.A, factor, z.A),
            B = Vector512.FusedMultiplyAdd(x.B, factor, z.B),
            C = Vector512.FusedMultiplyAdd(x.C, factor, z.C),
            D = Vector512.FusedMultiplyAdd(x.D, factor, z.D),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(double x, F64x32 y, double z)
    {
        var factor = Vector512.Create(x);
        var addend = Vector512.Create(z);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(factor, y.A, addend),
            B = Vector512.FusedMultiplyAdd(factor, y.B, addend),
            C = Vector512.FusedMultiplyAdd(factor, y.C, addend),
            D = Vector512.FusedMultiplyAdd(factor, y.D, addend),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 FusedMultiplyAdd(F64x32 x, F64x32 y, F64x32 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x32 x, F64x32 y, ref F64x32 sum) => sum = MultiplyAdd(x, y, sum);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Min(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Min(x.A, y.A), B = Vector512.Min(x.B, y.B), C = Vector512.Min(x.C, y.C), D = Vector512.Min(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Max(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Max(x.A, y.A), B = Vector512.Max(x.B, y.B), C = Vector512.Max(x.C, y.C), D = Vector512.Max(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Abs(F64x32 x) => new() { A = Vector512.Abs(x.A), B = Vector512.Abs(x.B), C = Vector512.Abs(x.C), D = Vector512.Abs(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Sqrt(F64x32 x) => new() { A = Vector512.Sqrt(x.A), B = Vector512.Sqrt(x.B), C = Vector512.Sqrt(x.C), D = Vector512.Sqrt(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Truncate(F64x32 x) =>
        new() { A = Vector512.Truncate(x.A), B = Vector512.Truncate(x.B), C = Vector512.Truncate(x.C), D = Vector512.Truncate(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Remainder(F64x32 x, F64x32 y) => new()
    {
        A = F64x8.Remainder(new(x.A), new(y.A)).Value,
        B = F64x8.Remainder(new(x.B), new(y.B)).Value,
        C = F64x8.Remainder(new(x.C), new(y.C)).Value,
        D = F64x8.Remainder(new(x.D), new(y.D)).Value,
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LessThan(F64x32 x, F64x32 y) =>
        new() { A = Vector512.LessThan(x.A, y.A), B = Vector512.LessThan(x.B, y.B), C = Vector512.LessThan(x.C, y.C), D = Vector512.LessThan(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LessThanOrEqual(F64x32 x, F64x32 y) => new()
    {
        A = Vector512.LessThanOrEqual(x.A, y.A),
        B = Vector512.LessThanOrEqual(x.B, y.B),
        C = Vector512.LessThanOrEqual(x.C, y.C),
        D = Vector512.LessThanOrEqual(x.D, y.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Equal(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Equals(x.A, y.A), B = Vector512.Equals(x.B, y.B), C = Vector512.Equals(x.C, y.C), D = Vector512.Equals(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 And(F64x32 x, F64x32 y) => new() { A = x.A & y.A, B = x.B & y.B, C = x.C & y.C, D = x.D & y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Or(F64x32 x, F64x32 y) => new() { A = x.A | y.A, B = x.B | y.B, C = x.C | y.C, D = x.D | y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Not(F64x32 x) => new() { A = ~x.A, B = ~x.B, C = ~x.C, D = ~x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Select(F64x32 mask, F64x32 x, F64x32 y) => new()
    {
        A = Vector512.ConditionalSelect(mask.A, x.A, y.A),
        B = Vector512.ConditionalSelect(mask.B, x.B, y.B),
        C = Vector512.ConditionalSelect(mask.C, x.C, y.C),
        D = Vector512.ConditionalSelect(mask.D, x.D, y.D),
    };

    // x comes second: that is the operand which x86 returns when it is NaN.
    /// <inheritdoc/>
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

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on several vectors side by side: they stand in the loops of elementwise kernels alone.");

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LogarithmCases(F64x32 x, F64x32 y)
    {
        var cases = Vector512.Create((long)WideLane.LogarithmCases);
        return new()
        {
            A = Avx512F.Fixup(y.A, x.A, cases, 0),
            B = Avx512F.Fixup(y.B, x.B, cases, 0),
            C = Avx512F.Fixup(y.C, x.C, cases, 0),
            D = Avx512F.Fixup(y.D, x.D, cases, 0),
        };
    }
}
