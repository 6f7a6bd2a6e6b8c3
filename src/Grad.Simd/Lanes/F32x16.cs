using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Sixteen floats in a 512-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F32x16 : IFloat32Lane<F32x16>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector512<float> Value;

    /// <summary>A lane of a vector.</summary>
    public F32x16(Vector512<float> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 16; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Constant(double value) => new() { Value = Vector512.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Broadcast(float value) => new() { Value = Vector512.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Load(ref readonly float source) => new() { Value = Vector512.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F32x16 x, ref float destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 LoadMask(ref readonly bool source)
    {
        ref var bytes = ref Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source));
        var lower = Vector256.Create(Four(ref bytes, 0), Four(ref bytes, 4));
        var upper = Vector256.Create(Four(ref bytes, 8), Four(ref bytes, 12));
        var own = Vector512.Create(lower, upper)
            & Vector512.Create(Vector256.Create(Vector128.Create(0xFFu, 0xFFu << 8, 0xFFu << 16, 0xFFu << 24)));
        return new() { Value = (~Vector512.Equals(own, Vector512<uint>.Zero)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F32x16 mask, ref bool destination)
    {
        var bits = mask.Value.ExtractMostSignificantBits();
        ref var bytes = ref Unsafe.As<bool, byte>(ref destination);
        Unsafe.WriteUnaligned(ref bytes, MaskBits.ToBools((byte)bits));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref bytes, 8), MaskBits.ToBools((byte)(bits >> 8)));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(F32x16 x)
    {
        var half = x.Value.GetLower() + x.Value.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return (quarter.GetElement(0) + quarter.GetElement(2)) + (quarter.GetElement(1) + quarter.GetElement(3));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static float First(F32x16 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F32x16 mask) => mask.Value.ExtractMostSignificantBits() == 0xFFFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator +(F32x16 x, F32x16 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator -(F32x16 x, F32x16 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator *(F32x16 x, F32x16 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator /(F32x16 x, F32x16 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator -(F32x16 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator +(F32x16 x, double y) => new() { Value = x.Value + Vector512.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator -(F32x16 x, double y) => new() { Value = x.Value - Vector512.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator *(F32x16 x, double y) => new() { Value = x.Value * Vector512.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator /(F32x16 x, double y) => new() { Value = x.Value / Vector512.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator +(double x, F32x16 y) => new() { Value = Vector512.Create((float)x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator -(double x, F32x16 y) => new() { Value = Vector512.Create((float)x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator *(double x, F32x16 y) => new() { Value = Vector512.Create((float)x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 operator /(double x, F32x16 y) => new() { Value = Vector512.Create((float)x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 MultiplyAdd(F32x16 x, F32x16 y, F32x16 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x16 x, F32x16 y, ref F32x16 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 MultiplyAdd(F32x16 x, F32x16 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, Vector512.Create((float)z)) };
        }
        return new() { Value = x.Value * y.Value + Vector512.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 MultiplyAdd(F32x16 x, double y, F32x16 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(x.Value, Vector512.Create((float)y), z.Value) };
        }
        return new() { Value = x.Value * Vector512.Create((float)y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 MultiplyAdd(double x, F32x16 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector512.FusedMultiplyAdd(Vector512.Create((float)x), y.Value, Vector512.Create((float)z)) };
        }
        return new() { Value = Vector512.Create((float)x) * y.Value + Vector512.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 FusedMultiplyAdd(F32x16 x, F32x16 y, F32x16 z) =>
        new() { Value = Vector512.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Min(F32x16 x, F32x16 y) => new() { Value = Vector512.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Max(F32x16 x, F32x16 y) => new() { Value = Vector512.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Abs(F32x16 x) => new() { Value = Vector512.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Sqrt(F32x16 x) => new() { Value = Vector512.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Truncate(F32x16 x) => new() { Value = Vector512.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 LessThan(F32x16 x, F32x16 y) => new() { Value = Vector512.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 LessThanOrEqual(F32x16 x, F32x16 y) =>
        new() { Value = Vector512.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Equal(F32x16 x, F32x16 y) => new() { Value = Vector512.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 And(F32x16 x, F32x16 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Or(F32x16 x, F32x16 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Not(F32x16 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 Select(F32x16 mask, F32x16 x, F32x16 y) =>
        new() { Value = Vector512.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F32x16 AtLeast(F32x16 x, double low) =>
        new() { Value = Vector512.MaxNative(Vector512.Create((float)low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 AtMost(F32x16 x, double high) =>
        new() { Value = Vector512.MinNative(Vector512.Create((float)high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 InRange(F32x16 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
        var end = BitConverter.SingleToInt32Bits((float)high) - first;
        return new() { Value = Vector512.LessThan(x.Value.AsInt32() - Vector512.Create(first), Vector512.Create(end)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 RoundToEven(F32x16 x) => new() { Value = Vector512.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 CopySign(F32x16 magnitude, F32x16 sign) =>
        new() { Value = Vector512.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 FlipSign(F32x16 x, F32x16 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector512.Create(-0f)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 FlipSignByLowBit(F32x16 x, F32x16 pattern) =>
        new() { Value = (x.Value.AsInt32() ^ (pattern.Value.AsInt32() << Binary32.SignBit)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 ScaleByPowerOfTwo(F32x16 x, F32x16 n)
    {
        if (Avx512F.IsSupported)
        {
            return new() { Value = Avx512F.Scale(x.Value, n.Value) };
        }
        var k = (n.Value + Vector512.Create(Binary32.RoundingShift)).AsInt32();
        var half = k >>> 1;
        var one = Vector512.Create(Binary32.One);
        var first = ((half << Binary32.FractionBits) + one).AsSingle();
        var second = (((k - half) << Binary32.FractionBits) + one).AsSingle();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 AddToExponent(F32x16 x, F32x16 shifted) =>
        new() { Value = (x.Value.AsInt32() + (shifted.Value.AsInt32() << Binary32.FractionBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 AddQuartersToExponent(F32x16 x, F32x16 shifted) =>
        new() { Value = (x.Value.AsInt32() + ((shifted.Value.AsInt32() & Vector512.Create(~3)) << Binary32.QuarterBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 QuarterPowerOfTwo(F32x16 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 FourthBitToSign(F32x16 pattern) => new() { Value = (pattern.Value.AsInt32() << (Binary32.SignBit - 3)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 ScaleByFloor(F32x16 x, F32x16 n) =>
        Avx512F.IsSupported ? new() { Value = Avx512F.Scale(x.Value, n.Value) }
        : Select(Equal(n, n), ScaleByPowerOfTwo(x, RoundToEven(AtMost(AtLeast(n, -250), 250) - 0.375)), n);

    /// <inheritdoc/>
    // 2: the lesser in magnitude, with the sign of the first.
    [MethodImpl(Inline)]
    public static F32x16 Limit(F32x16 x, double limit) =>
        Avx512DQ.IsSupported ? new() { Value = Avx512DQ.Range(x.Value, Vector512.Create((float)limit), 2) }
        : Select(Equal(x, x), AtMost(AtLeast(x, -limit), limit), Constant(limit));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 PowerOfTwo(F32x16 n) =>
        new() { Value = ((Vector512.Create(Binary32.BiasedShift) + n.Value).AsInt32() << Binary32.FractionBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 PowerGuess(F32x16 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt32() >>> Binary32.GuessBits) | Vector512.Create(Binary32.IntegerPattern);
        var power = MultiplyAdd(new F32x16 { Value = number.AsSingle() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt32() << Binary32.GuessBits).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 Significand(F32x16 x, out F32x16 shift)
    {
        if (Avx512F.IsSupported)
        {
            // 11: the interval [3/4, 3/2), NaN for negative numbers.
            var significand = Avx512F.GetMantissa(x.Value, 11);
            shift = new() { Value = Avx512F.GetExponent(significand) - Avx512F.GetExponent(x.Value) };
            return new() { Value = significand };
        }
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^23 reads as that number added to it.
        var subnormal = LessThan(x, Constant(1.1754943508222875e-38));
        var carried = Select(subnormal, x * 33554432.0, x).Value.AsInt32() + Vector512.Create(Binary32.HalfFraction);
        var integer = (carried >>> Binary32.FractionBits) | Vector512.Create(Binary32.IntegerPattern);
        shift = new() { Value = Vector512.Create(Binary32.BiasedInteger) - integer.AsSingle() };
        shift = Select(subnormal, shift + 25, shift);
        var fraction = carried & Vector512.Create(Binary32.FractionMask);
        var positive = LessThan(Constant(0), x);
        var finite = LessThan(x, Constant(double.PositiveInfinity));
        shift = Select(finite, Select(positive, shift, Constant(double.PositiveInfinity)), Constant(double.NegativeInfinity));
        var ends = Select(Or(Equal(x, Constant(0)), Equal(x, Constant(double.PositiveInfinity))), Constant(1), Constant(double.NaN));
        return Select(And(positive, finite), new() { Value = (fraction + Vector512.Create(Binary32.ThreeQuarters)).AsSingle() }, ends);
    }

    private static Vector128<uint> Four(ref byte bytes, int offset) =>
        Vector128.Create(Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref bytes, offset)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 Mantissa(F32x16 x, out F32x16 exponent)
    {
        if (Avx512F.IsSupported)
        {
            // 8: the interval [1, 2), NaN for negative numbers.
            exponent = new() { Value = Avx512F.GetExponent(x.Value) };
            return new() { Value = Avx512F.GetMantissa(x.Value, 8) };
        }
        var subnormal = LessThan(x, Constant(1.1754943508222875e-38));
        var bits = Select(subnormal, x * 33554432.0, x).Value.AsInt32();
        var integer = (bits >>> Binary32.FractionBits) | Vector512.Create(Binary32.IntegerPattern);
        exponent = new() { Value = integer.AsSingle() - Vector512.Create(Binary32.BiasedInteger) };
        exponent = Select(subnormal, exponent - 25, exponent);
        var positive = LessThan(Constant(0), x);
        var finite = LessThan(x, Constant(double.PositiveInfinity));
        exponent = Select(finite, Select(positive, exponent, Constant(double.NegativeInfinity)), Constant(double.PositiveInfinity));
        var ends = Select(Or(Equal(x, Constant(0)), Equal(x, Constant(double.PositiveInfinity))), Constant(1), Constant(double.NaN));
        return Select(And(positive, finite), new() { Value = ((bits & Vector512.Create(Binary32.FractionMask)) | Vector512.Create(Binary32.One)).AsSingle() }, ends);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 LessExponent(F32x16 x, F32x16 y) =>
        new() { Value = ((x.Value.AsInt32() + Vector512.Create(Binary32.One)) - (y.Value.AsInt32() & Vector512.Create(~Binary32.FractionMask))).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 Eighth(F32x16 x) => new() { Value = (x.Value.AsInt32() >>> Binary32.EighthBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x16 HalfOctave(F32x16 x) =>
        new() { Value = ((x.Value.AsInt32() + Vector512.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x16 LookUp<TTable>(F32x16 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };
}
