using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Four doubles in a 256-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F64x4 : IFloat64Lane<F64x4>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector256<double> Value;

    /// <summary>A lane of a vector.</summary>
    public F64x4(Vector256<double> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 4; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Constant(double value) => new() { Value = Vector256.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Broadcast(double value) => new() { Value = Vector256.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Load(ref readonly double source) => new() { Value = Vector256.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F64x4 x, ref double destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 LoadMask(ref readonly bool source)
    {
        var bytes = Vector256.Create((ulong)Unsafe.ReadUnaligned<uint>(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source))));
        var own = bytes & Vector256.Create(0xFFUL, 0xFFUL << 8, 0xFFUL << 16, 0xFFUL << 24);
        return new() { Value = (~Vector256.Equals(own, Vector256<ulong>.Zero)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F64x4 mask, ref bool destination)
    {
        var bools = MaskBits.ToBools((byte)mask.Value.ExtractMostSignificantBits());
        Unsafe.WriteUnaligned(ref Unsafe.As<bool, byte>(ref destination), (uint)bools);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static double Sum(F64x4 x)
    {
        var half = x.Value.GetLower() + x.Value.GetUpper();
        return half.GetElement(0) + half.GetElement(1);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static double First(F64x4 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F64x4 mask) => mask.Value.ExtractMostSignificantBits() == 0xF;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator +(F64x4 x, F64x4 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x, F64x4 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(F64x4 x, F64x4 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(F64x4 x, F64x4 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator +(F64x4 x, double y) => new() { Value = x.Value + Vector256.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x, double y) => new() { Value = x.Value - Vector256.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(F64x4 x, double y) => new() { Value = x.Value * Vector256.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(F64x4 x, double y) => new() { Value = x.Value / Vector256.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator +(double x, F64x4 y) => new() { Value = Vector256.Create(x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(double x, F64x4 y) => new() { Value = Vector256.Create(x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(double x, F64x4 y) => new() { Value = Vector256.Create(x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(double x, F64x4 y) => new() { Value = Vector256.Create(x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 MultiplyAdd(F64x4 x, F64x4 y, F64x4 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x4 x, F64x4 y, ref F64x4 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 MultiplyAdd(F64x4 x, F64x4 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, Vector256.Create(z)) };
        }
        return new() { Value = x.Value * y.Value + Vector256.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 MultiplyAdd(F64x4 x, double y, F64x4 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, Vector256.Create(y), z.Value) };
        }
        return new() { Value = x.Value * Vector256.Create(y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 MultiplyAdd(double x, F64x4 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(Vector256.Create(x), y.Value, Vector256.Create(z)) };
        }
        return new() { Value = Vector256.Create(x) * y.Value + Vector256.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 FusedMultiplyAdd(F64x4 x, F64x4 y, F64x4 z) =>
        new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Min(F64x4 x, F64x4 y) => new() { Value = Vector256.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Max(F64x4 x, F64x4 y) => new() { Value = Vector256.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Abs(F64x4 x) => new() { Value = Vector256.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Sqrt(F64x4 x) => new() { Value = Vector256.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Truncate(F64x4 x) => new() { Value = Vector256.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 LessThan(F64x4 x, F64x4 y) => new() { Value = Vector256.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 LessThanOrEqual(F64x4 x, F64x4 y) =>
        new() { Value = Vector256.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Equal(F64x4 x, F64x4 y) => new() { Value = Vector256.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 And(F64x4 x, F64x4 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Or(F64x4 x, F64x4 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Not(F64x4 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Select(F64x4 mask, F64x4 x, F64x4 y) =>
        new() { Value = Vector256.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F64x4 AtLeast(F64x4 x, double low) =>
        new() { Value = Vector256.MaxNative(Vector256.Create(low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 AtMost(F64x4 x, double high) =>
        new() { Value = Vector256.MinNative(Vector256.Create(high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 InRange(F64x4 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var end = BitConverter.DoubleToInt64Bits(high) - first;
        return new() { Value = Vector256.LessThan(x.Value.AsInt64() - Vector256.Create(first), Vector256.Create(end)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 RoundToEven(F64x4 x) => new() { Value = Vector256.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 CopySign(F64x4 magnitude, F64x4 sign) =>
        new() { Value = Vector256.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 FlipSign(F64x4 x, F64x4 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector256.Create(-0.0)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 FlipSignByLowBit(F64x4 x, F64x4 pattern) =>
        new() { Value = (x.Value.AsInt64() ^ (pattern.Value.AsInt64() << Binary64.SignBit)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 ScaleByPowerOfTwo(F64x4 x, F64x4 n)
    {
        var k = (n.Value + Vector256.Create(Binary64.RoundingShift)).AsInt64();
        var half = k >>> 1;
        var one = Vector256.Create(Binary64.One);
        var first = ((half << Binary64.FractionBits) + one).AsDouble();
        var second = (((k - half) << Binary64.FractionBits) + one).AsDouble();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 AddToExponent(F64x4 x, F64x4 shifted) =>
        new() { Value = (x.Value.AsInt64() + (shifted.Value.AsInt64() << Binary64.FractionBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 AddQuartersToExponent(F64x4 x, F64x4 shifted) =>
        new() { Value = (x.Value.AsInt64() + ((shifted.Value.AsInt64() & Vector256.Create(~3L)) << Binary64.QuarterBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 QuarterPowerOfTwo(F64x4 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 FourthBitToSign(F64x4 pattern) => new() { Value = (pattern.Value.AsInt64() << (Binary64.SignBit - 3)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 PowerOfTwo(F64x4 n) =>
        new() { Value = ((Vector256.Create(Binary64.BiasedShift) + n.Value).AsInt64() << Binary64.FractionBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 PowerGuess(F64x4 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt64() >>> Binary64.GuessBits) | Vector256.Create(Binary64.IntegerPattern);
        var power = MultiplyAdd(new F64x4 { Value = number.AsDouble() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt64() << Binary64.GuessBits).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Significand(F64x4 x, out F64x4 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^52 reads as that number added to it.
        var carried = x.Value.AsInt64() + Vector256.Create(Binary64.HalfFraction);
        var integer = (carried >>> Binary64.FractionBits) | Vector256.Create(Binary64.IntegerPattern);
        shift = new() { Value = Vector256.Create(Binary64.BiasedInteger) - integer.AsDouble() };
        var fraction = carried & Vector256.Create(Binary64.FractionMask);
        return new() { Value = (fraction + Vector256.Create(Binary64.ThreeQuarters)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Mantissa(F64x4 x, out F64x4 exponent)
    {
        var bits = x.Value.AsInt64();
        var integer = (bits >>> Binary64.FractionBits) | Vector256.Create(Binary64.IntegerPattern);
        exponent = new() { Value = integer.AsDouble() - Vector256.Create(Binary64.BiasedInteger) };
        return new() { Value = ((bits & Vector256.Create(Binary64.FractionMask)) | Vector256.Create(Binary64.One)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 LessExponent(F64x4 x, F64x4 y) =>
        new() { Value = ((x.Value.AsInt64() + Vector256.Create(Binary64.One)) - (y.Value.AsInt64() & Vector256.Create(~Binary64.FractionMask))).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Eighth(F64x4 x) => new() { Value = (x.Value.AsInt64() >>> Binary64.EighthBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 HalfOctave(F64x4 x) =>
        new() { Value = ((x.Value.AsInt64() + Vector256.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 LookUp<TTable>(F64x4 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Horner<TTable>(F64x4 p, F64x4 x, F64x4 eighth, int row) where TTable : struct, IEighths
    {
        if (!Avx2.IsSupported || Avx512F.VL.IsSupported)
        {
            p = MultiplyAdd(MultiplyAdd(p, x, LookUp<TTable>(eighth, row + 3)), x, LookUp<TTable>(eighth, row + 2));
            return MultiplyAdd(MultiplyAdd(p, x, LookUp<TTable>(eighth, row + 1)), x, LookUp<TTable>(eighth, row));
        }

        var places = Eighths<TTable>.Places(eighth.Value);
        var upper = Eighths<TTable>.UpperHalf(eighth.Value);
        p = MultiplyAdd(p, x, new F64x4 { Value = Eighths<TTable>.AtPlaces(places, upper, row + 3) });
        p = MultiplyAdd(p, x, new F64x4 { Value = Eighths<TTable>.AtPlaces(places, upper, row + 2) });
        p = MultiplyAdd(p, x, new F64x4 { Value = Eighths<TTable>.AtPlaces(places, upper, row + 1) });
        return MultiplyAdd(p, x, new F64x4 { Value = Eighths<TTable>.AtPlaces(places, upper, row) });
    }
}
