using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Eight doubles in a 512-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F64x8 : IFloat64Lane<F64x8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector512<double> Value;

    /// <summary>A lane of a vector.</summary>
    public F64x8(Vector512<double> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 8; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Constant(double value) => new() { Value = Vector512.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Broadcast(double value) => new() { Value = Vector512.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Load(ref readonly double source) => new() { Value = Vector512.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F64x8 x, ref double destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 LoadMask(ref readonly bool source)
    {
        var bytes = Vector512.Create(Unsafe.ReadUnaligned<ulong>(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source))));
        var own = bytes
            & Vector512.Create(0xFFUL, 0xFFUL << 8, 0xFFUL << 16, 0xFFUL << 24, 0xFFUL << 32, 0xFFUL << 40, 0xFFUL << 48, 0xFFUL << 56);
        return new() { Value = (~Vector512.Equals(own, Vector512<ulong>.Zero)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F64x8 mask, ref bool destination)
    {
        var bools = MaskBits.ToBools((byte)mask.Value.ExtractMostSignificantBits());
        Unsafe.WriteUnaligned(ref Unsafe.As<bool, byte>(ref destination), bools);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static double Sum(F64x8 x)
    {
        var half = x.Value.GetLower() + x.Value.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter.GetElement(0) + quarter.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static double First(F64x8 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F64x8 mask) => mask.Value.ExtractMostSignificantBits() == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator +(F64x8 x, F64x8 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator -(F64x8 x, F64x8 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator *(F64x8 x, F64x8 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator /(F64x8 x, F64x8 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator -(F64x8 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator +(F64x8 x, double y) => new() { Value = x.Value + Vector512.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator -(F64x8 x, double y) => new() { Value = x.Value - Vector512.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator *(F64x8 x, double y) => new() { Value = x.Value * Vector512.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator /(F64x8 x, double y) => new() { Value = x.Value / Vector512.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator +(double x, F64x8 y) => new() { Value = Vector512.Create(x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator -(double x, F64x8 y) => new() { Value = Vector512.Create(x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator *(double x, F64x8 y) => new() { Value = Vector512.Create(x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 operator /(double x, F64x8 y) => new() { Value = Vector512.Create(x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 MultiplyAdd(F64x8 x, F64x8 y, F64x8 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x8 x, F64x8 y, ref F64x8 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 MultiplyAdd(F64x8 x, F64x8 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, Vector512.Create(z)) };
        }
        return new() { Value = x.Value * y.Value + Vector512.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 MultiplyAdd(F64x8 x, double y, F64x8 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, Vector512.Create(y), z.Value) };
        }
        return new() { Value = x.Value * Vector512.Create(y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 MultiplyAdd(double x, F64x8 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(Vector512.Create(x), y.Value, Vector512.Create(z)) };
        }
        return new() { Value = Vector512.Create(x) * y.Value + Vector512.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 FusedMultiplyAdd(F64x8 x, F64x8 y, F64x8 z) =>
        new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Min(F64x8 x, F64x8 y) => new() { Value = Vector512.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Max(F64x8 x, F64x8 y) => new() { Value = Vector512.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Abs(F64x8 x) => new() { Value = Vector512.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Sqrt(F64x8 x) => new() { Value = Vector512.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Truncate(F64x8 x) => new() { Value = Vector512.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 LessThan(F64x8 x, F64x8 y) => new() { Value = Vector512.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 LessThanOrEqual(F64x8 x, F64x8 y) =>
        new() { Value = Vector512.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Equal(F64x8 x, F64x8 y) => new() { Value = Vector512.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 And(F64x8 x, F64x8 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Or(F64x8 x, F64x8 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Not(F64x8 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 Select(F64x8 mask, F64x8 x, F64x8 y) =>
        new() { Value = Vector512.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F64x8 AtLeast(F64x8 x, double low) =>
        new() { Value = Vector512.MaxNative(Vector512.Create(low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 AtMost(F64x8 x, double high) =>
        new() { Value = Vector512.MinNative(Vector512.Create(high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 InRange(F64x8 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var end = BitConverter.DoubleToInt64Bits(high) - first;
        return new() { Value = Vector512.LessThan(x.Value.AsInt64() - Vector512.Create(first), Vector512.Create(end)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 RoundToEven(F64x8 x) => new() { Value = Vector512.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 CopySign(F64x8 magnitude, F64x8 sign) =>
        new() { Value = Vector512.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 FlipSign(F64x8 x, F64x8 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector512.Create(-0.0)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 FlipSignByLowBit(F64x8 x, F64x8 pattern) =>
        new() { Value = (x.Value.AsInt64() ^ (pattern.Value.AsInt64() << Binary64.SignBit)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 ScaleByPowerOfTwo(F64x8 x, F64x8 n)
    {
        if (Avx512F.IsSupported)
        {
            return new() { Value = Avx512F.Scale(x.Value, n.Value) };
        }
        var k = (n.Value + Vector512.Create(Binary64.RoundingShift)).AsInt64();
        var half = k >>> 1;
        var one = Vector512.Create(Binary64.One);
        var first = ((half << Binary64.FractionBits) + one).AsDouble();
        var second = (((k - half) << Binary64.FractionBits) + one).AsDouble();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 AddToExponent(F64x8 x, F64x8 shifted) =>
        new() { Value = (x.Value.AsInt64() + (shifted.Value.AsInt64() << Binary64.FractionBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 AddQuartersToExponent(F64x8 x, F64x8 shifted) =>
        new() { Value = (x.Value.AsInt64() + ((shifted.Value.AsInt64() & Vector512.Create(~3L)) << Binary64.QuarterBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 QuarterPowerOfTwo(F64x8 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 FourthBitToSign(F64x8 pattern) => new() { Value = (pattern.Value.AsInt64() << (Binary64.SignBit - 3)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 ScaleByFloor(F64x8 x, F64x8 n) =>
        Avx512F.IsSupported ? new() { Value = Avx512F.Scale(x.Value, n.Value) }
        : Select(Equal(n, n), ScaleByPowerOfTwo(x, RoundToEven(AtMost(AtLeast(n, -2000), 2000) - 0.375)), n);

    /// <inheritdoc/>
    // 2: the lesser in magnitude, with the sign of the first.
    [MethodImpl(Inline)]
    public static F64x8 Limit(F64x8 x, double limit) =>
        Avx512DQ.IsSupported ? new() { Value = Avx512DQ.Range(x.Value, Vector512.Create(limit), 2) }
        : Select(Equal(x, x), AtMost(AtLeast(x, -limit), limit), Constant(limit));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 PowerOfTwo(F64x8 n) =>
        new() { Value = ((Vector512.Create(Binary64.BiasedShift) + n.Value).AsInt64() << Binary64.FractionBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 PowerGuess(F64x8 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt64() >>> Binary64.GuessBits) | Vector512.Create(Binary64.IntegerPattern);
        var power = MultiplyAdd(new F64x8 { Value = number.AsDouble() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt64() << Binary64.GuessBits).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 Significand(F64x8 x, out F64x8 shift)
    {
        if (Avx512F.IsSupported)
        {
            // 11: the interval [3/4, 3/2), NaN for negative numbers.
            var significand = Avx512F.GetMantissa(x.Value, 11);
            shift = new() { Value = Avx512F.GetExponent(significand) - Avx512F.GetExponent(x.Value) };
            return new() { Value = significand };
        }
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^52 reads as that number added to it.
        var subnormal = LessThan(x, Constant(2.2250738585072014e-308));
        var carried = Select(subnormal, x * 18014398509481984.0, x).Value.AsInt64() + Vector512.Create(Binary64.HalfFraction);
        var integer = (carried >>> Binary64.FractionBits) | Vector512.Create(Binary64.IntegerPattern);
        shift = new() { Value = Vector512.Create(Binary64.BiasedInteger) - integer.AsDouble() };
        shift = Select(subnormal, shift + 54, shift);
        var fraction = carried & Vector512.Create(Binary64.FractionMask);
        var positive = LessThan(Constant(0), x);
        var finite = LessThan(x, Constant(double.PositiveInfinity));
        shift = Select(finite, Select(positive, shift, Constant(double.PositiveInfinity)), Constant(double.NegativeInfinity));
        var ends = Select(Or(Equal(x, Constant(0)), Equal(x, Constant(double.PositiveInfinity))), Constant(1), Constant(double.NaN));
        return Select(And(positive, finite), new() { Value = (fraction + Vector512.Create(Binary64.ThreeQuarters)).AsDouble() }, ends);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 Mantissa(F64x8 x, out F64x8 exponent)
    {
        if (Avx512F.IsSupported)
        {
            // 8: the interval [1, 2), NaN for negative numbers.
            exponent = new() { Value = Avx512F.GetExponent(x.Value) };
            return new() { Value = Avx512F.GetMantissa(x.Value, 8) };
        }
        var subnormal = LessThan(x, Constant(2.2250738585072014e-308));
        var bits = Select(subnormal, x * 18014398509481984.0, x).Value.AsInt64();
        var integer = (bits >>> Binary64.FractionBits) | Vector512.Create(Binary64.IntegerPattern);
        exponent = new() { Value = integer.AsDouble() - Vector512.Create(Binary64.BiasedInteger) };
        exponent = Select(subnormal, exponent - 54, exponent);
        var positive = LessThan(Constant(0), x);
        var finite = LessThan(x, Constant(double.PositiveInfinity));
        exponent = Select(finite, Select(positive, exponent, Constant(double.NegativeInfinity)), Constant(double.PositiveInfinity));
        var ends = Select(Or(Equal(x, Constant(0)), Equal(x, Constant(double.PositiveInfinity))), Constant(1), Constant(double.NaN));
        return Select(And(positive, finite), new() { Value = ((bits & Vector512.Create(Binary64.FractionMask)) | Vector512.Create(Binary64.One)).AsDouble() }, ends);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 LessExponent(F64x8 x, F64x8 y) =>
        new() { Value = ((x.Value.AsInt64() + Vector512.Create(Binary64.One)) - (y.Value.AsInt64() & Vector512.Create(~Binary64.FractionMask))).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 Eighth(F64x8 x) => new() { Value = (x.Value.AsInt64() >>> Binary64.EighthBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x8 HalfOctave(F64x8 x) =>
        new() { Value = ((x.Value.AsInt64() + Vector512.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x8 LookUp<TTable>(F64x8 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };
}
