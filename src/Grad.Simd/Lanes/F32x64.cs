using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Sixty-four floats in four 512-bit vectors.</summary>
/// <remarks>
/// Side by side they share the loads of constants, which at 512 bits take as long as the arithmetic. For the loops of elementwise kernels
/// alone: what speaks of one vector has no meaning here.
/// </remarks>
public struct F32x64 : IFloat32Lane<F32x64>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Of the range instruction: the lesser in magnitude, with the sign of the first.
    private const byte LesserMagnitude = 2;

    /// <summary>The first of the vectors.</summary>
    public Vector512<float> A;

    /// <summary>The second of the vectors.</summary>
    public Vector512<float> B;

    /// <summary>The third of the vectors.</summary>
    public Vector512<float> C;

    /// <summary>The fourth of the vectors.</summary>
    public Vector512<float> D;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 64; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Constant(double value)
    {
        var all = Vector512.Create((float)value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Broadcast(float value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Load(ref readonly float source) => new()
    {
        A = Vector512.LoadUnsafe(in source, 0),
        B = Vector512.LoadUnsafe(in source, 16),
        C = Vector512.LoadUnsafe(in source, 32),
        D = Vector512.LoadUnsafe(in source, 48),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Store(F32x64 x, ref float destination)
    {
        x.A.StoreUnsafe(ref destination, 0);
        x.B.StoreUnsafe(ref destination, 16);
        x.C.StoreUnsafe(ref destination, 32);
        x.D.StoreUnsafe(ref destination, 48);
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    public static F32x64 LoadMask(ref readonly bool source) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void StoreMask(F32x64 mask, ref bool destination) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static float Sum(F32x64 x) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static float First(F32x64 x) => throw Silent();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool All(F32x64 mask) => (mask.A & mask.B & mask.C & mask.D).ExtractMostSignificantBits() == 0xFFFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(F32x64 x, F32x64 y) => new() { A = x.A + y.A, B = x.B + y.B, C = x.C + y.C, D = x.D + y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x, F32x64 y) => new() { A = x.A - y.A, B = x.B - y.B, C = x.C - y.C, D = x.D - y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(F32x64 x, F32x64 y) => new() { A = x.A * y.A, B = x.B * y.B, C = x.C * y.C, D = x.D * y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(F32x64 x, F32x64 y) => new() { A = x.A / y.A, B = x.B / y.B, C = x.C / y.C, D = x.D / y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x) => new() { A = -x.A, B = -x.B, C = -x.C, D = -x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A + all, B = x.B + all, C = x.C + all, D = x.D + all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A - all, B = x.B - all, C = x.C - all, D = x.D - all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A * all, B = x.B * all, C = x.C * all, D = x.D * all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A / all, B = x.B / all, C = x.C / all, D = x.D / all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all + y.A, B = all + y.B, C = all + y.C, D = all + y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all - y.A, B = all - y.B, C = all - y.C, D = all - y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all * y.A, B = all * y.B, C = all * y.C, D = all * y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all / y.A, B = all / y.B, C = all / y.C, D = all / y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(F32x64 x, F32x64 y, F32x64 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(F32x64 x, F32x64 y, double z)
    {
        var addend = Vector512.Create((float)z);
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
    public static F32x64 MultiplyAdd(F32x64 x, double y, F32x64 z)
    {
        var factor = Vector512.Create((float)y);
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
    public static F32x64 MultiplyAdd(double x, F32x64 y, double z)
    {
        var factor = Vector512.Create((float)x);
        var addend = Vector512.Create((float)z);
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
    public static F32x64 FusedMultiplyAdd(F32x64 x, F32x64 y, F32x64 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x64 x, F32x64 y, ref F32x64 sum) => sum = MultiplyAdd(x, y, sum);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Min(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Min(x.A, y.A), B = Vector512.Min(x.B, y.B), C = Vector512.Min(x.C, y.C), D = Vector512.Min(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Max(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Max(x.A, y.A), B = Vector512.Max(x.B, y.B), C = Vector512.Max(x.C, y.C), D = Vector512.Max(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Abs(F32x64 x) => new() { A = Vector512.Abs(x.A), B = Vector512.Abs(x.B), C = Vector512.Abs(x.C), D = Vector512.Abs(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Sqrt(F32x64 x) => new() { A = Vector512.Sqrt(x.A), B = Vector512.Sqrt(x.B), C = Vector512.Sqrt(x.C), D = Vector512.Sqrt(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Truncate(F32x64 x) =>
        new() { A = Vector512.Truncate(x.A), B = Vector512.Truncate(x.B), C = Vector512.Truncate(x.C), D = Vector512.Truncate(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Remainder(F32x64 x, F32x64 y) => new()
    {
        A = F32x16.Remainder(new(x.A), new(y.A)).Value,
        B = F32x16.Remainder(new(x.B), new(y.B)).Value,
        C = F32x16.Remainder(new(x.C), new(y.C)).Value,
        D = F32x16.Remainder(new(x.D), new(y.D)).Value,
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LessThan(F32x64 x, F32x64 y) =>
        new() { A = Vector512.LessThan(x.A, y.A), B = Vector512.LessThan(x.B, y.B), C = Vector512.LessThan(x.C, y.C), D = Vector512.LessThan(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LessThanOrEqual(F32x64 x, F32x64 y) => new()
    {
        A = Vector512.LessThanOrEqual(x.A, y.A),
        B = Vector512.LessThanOrEqual(x.B, y.B),
        C = Vector512.LessThanOrEqual(x.C, y.C),
        D = Vector512.LessThanOrEqual(x.D, y.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Equal(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Equals(x.A, y.A), B = Vector512.Equals(x.B, y.B), C = Vector512.Equals(x.C, y.C), D = Vector512.Equals(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 And(F32x64 x, F32x64 y) => new() { A = x.A & y.A, B = x.B & y.B, C = x.C & y.C, D = x.D & y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Or(F32x64 x, F32x64 y) => new() { A = x.A | y.A, B = x.B | y.B, C = x.C | y.C, D = x.D | y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Not(F32x64 x) => new() { A = ~x.A, B = ~x.B, C = ~x.C, D = ~x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Select(F32x64 mask, F32x64 x, F32x64 y) => new()
    {
        A = Vector512.ConditionalSelect(mask.A, x.A, y.A),
        B = Vector512.ConditionalSelect(mask.B, x.B, y.B),
        C = Vector512.ConditionalSelect(mask.C, x.C, y.C),
        D = Vector512.ConditionalSelect(mask.D, x.D, y.D),
    };

    // x comes second: that is the operand which x86 returns when it is NaN.
    /// <inheritdoc/>
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

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on several vectors side by side: they stand in the loops of elementwise kernels alone.");

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LogarithmCases(F32x64 x, F32x64 y)
    {
        var cases = Vector512.Create((int)WideLane.LogarithmCases);
        return new()
        {
            A = Avx512F.Fixup(y.A, x.A, cases, 0),
            B = Avx512F.Fixup(y.B, x.B, cases, 0),
            C = Avx512F.Fixup(y.C, x.C, cases, 0),
            D = Avx512F.Fixup(y.D, x.D, cases, 0),
        };
    }
}
