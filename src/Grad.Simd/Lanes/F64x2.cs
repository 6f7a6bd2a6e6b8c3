using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Two doubles in a 128-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F64x2 : IFloat64Lane<F64x2>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector128<double> Value;

    /// <summary>A lane of a vector.</summary>
    public F64x2(Vector128<double> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 2; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector128.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Constant(double value) => new() { Value = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Broadcast(double value) => new() { Value = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Load(ref readonly double source) => new() { Value = Vector128.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F64x2 x, ref double destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 LoadMask(ref readonly bool source)
    {
        var bytes = Vector128.Create((ulong)Unsafe.ReadUnaligned<ushort>(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source))));
        var own = bytes & Vector128.Create(0xFFUL, 0xFFUL << 8);
        return new() { Value = (~Vector128.Equals(own, Vector128<ulong>.Zero)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F64x2 mask, ref bool destination)
    {
        var bools = MaskBits.ToBools((byte)mask.Value.ExtractMostSignificantBits());
        Unsafe.WriteUnaligned(ref Unsafe.As<bool, byte>(ref destination), (ushort)bools);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static double Sum(F64x2 x) =>
        x.Value.GetElement(0) + x.Value.GetElement(1);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static double First(F64x2 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F64x2 mask) => mask.Value.ExtractMostSignificantBits() == 0x3;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator +(F64x2 x, F64x2 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator -(F64x2 x, F64x2 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator *(F64x2 x, F64x2 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator /(F64x2 x, F64x2 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator -(F64x2 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator +(F64x2 x, double y) => new() { Value = x.Value + Vector128.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator -(F64x2 x, double y) => new() { Value = x.Value - Vector128.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator *(F64x2 x, double y) => new() { Value = x.Value * Vector128.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator /(F64x2 x, double y) => new() { Value = x.Value / Vector128.Create(y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator +(double x, F64x2 y) => new() { Value = Vector128.Create(x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator -(double x, F64x2 y) => new() { Value = Vector128.Create(x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator *(double x, F64x2 y) => new() { Value = Vector128.Create(x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 operator /(double x, F64x2 y) => new() { Value = Vector128.Create(x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 MultiplyAdd(F64x2 x, F64x2 y, F64x2 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x2 x, F64x2 y, ref F64x2 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 MultiplyAdd(F64x2 x, F64x2 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, Vector128.Create(z)) };
        }
        return new() { Value = x.Value * y.Value + Vector128.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 MultiplyAdd(F64x2 x, double y, F64x2 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, Vector128.Create(y), z.Value) };
        }
        return new() { Value = x.Value * Vector128.Create(y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 MultiplyAdd(double x, F64x2 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(Vector128.Create(x), y.Value, Vector128.Create(z)) };
        }
        return new() { Value = Vector128.Create(x) * y.Value + Vector128.Create(z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 FusedMultiplyAdd(F64x2 x, F64x2 y, F64x2 z) =>
        new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Min(F64x2 x, F64x2 y) => new() { Value = Vector128.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Max(F64x2 x, F64x2 y) => new() { Value = Vector128.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Abs(F64x2 x) => new() { Value = Vector128.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Sqrt(F64x2 x) => new() { Value = Vector128.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Truncate(F64x2 x) => new() { Value = Vector128.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 LessThan(F64x2 x, F64x2 y) => new() { Value = Vector128.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 LessThanOrEqual(F64x2 x, F64x2 y) =>
        new() { Value = Vector128.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Equal(F64x2 x, F64x2 y) => new() { Value = Vector128.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 And(F64x2 x, F64x2 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Or(F64x2 x, F64x2 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Not(F64x2 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 Select(F64x2 mask, F64x2 x, F64x2 y) =>
        new() { Value = Vector128.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F64x2 AtLeast(F64x2 x, double low) =>
        new() { Value = Vector128.MaxNative(Vector128.Create(low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 AtMost(F64x2 x, double high) =>
        new() { Value = Vector128.MinNative(Vector128.Create(high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 InRange(F64x2 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var end = BitConverter.DoubleToInt64Bits(high) - first;
        return new() { Value = Vector128.LessThan(x.Value.AsInt64() - Vector128.Create(first), Vector128.Create(end)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 RoundToEven(F64x2 x) => new() { Value = Vector128.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 CopySign(F64x2 magnitude, F64x2 sign) =>
        new() { Value = Vector128.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 FlipSign(F64x2 x, F64x2 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector128.Create(-0.0)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 FlipSignByLowBit(F64x2 x, F64x2 pattern) =>
        new() { Value = (x.Value.AsInt64() ^ (pattern.Value.AsInt64() << Binary64.SignBit)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 ScaleByPowerOfTwo(F64x2 x, F64x2 n)
    {
        var k = (n.Value + Vector128.Create(Binary64.RoundingShift)).AsInt64();
        var half = k >>> 1;
        var one = Vector128.Create(Binary64.One);
        var first = ((half << Binary64.FractionBits) + one).AsDouble();
        var second = (((k - half) << Binary64.FractionBits) + one).AsDouble();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 AddToExponent(F64x2 x, F64x2 shifted) =>
        new() { Value = (x.Value.AsInt64() + (shifted.Value.AsInt64() << Binary64.FractionBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 AddQuartersToExponent(F64x2 x, F64x2 shifted) =>
        new() { Value = (x.Value.AsInt64() + ((shifted.Value.AsInt64() & Vector128.Create(~3L)) << Binary64.QuarterBits)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 QuarterPowerOfTwo(F64x2 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 FourthBitToSign(F64x2 pattern) => new() { Value = (pattern.Value.AsInt64() << (Binary64.SignBit - 3)).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 PowerOfTwo(F64x2 n) =>
        new() { Value = ((Vector128.Create(Binary64.BiasedShift) + n.Value).AsInt64() << Binary64.FractionBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 PowerGuess(F64x2 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt64() >>> Binary64.GuessBits) | Vector128.Create(Binary64.IntegerPattern);
        var power = MultiplyAdd(new F64x2 { Value = number.AsDouble() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt64() << Binary64.GuessBits).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 Significand(F64x2 x, out F64x2 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^52 reads as that number added to it.
        var carried = x.Value.AsInt64() + Vector128.Create(Binary64.HalfFraction);
        var integer = (carried >>> Binary64.FractionBits) | Vector128.Create(Binary64.IntegerPattern);
        shift = new() { Value = Vector128.Create(Binary64.BiasedInteger) - integer.AsDouble() };
        var fraction = carried & Vector128.Create(Binary64.FractionMask);
        return new() { Value = (fraction + Vector128.Create(Binary64.ThreeQuarters)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 Mantissa(F64x2 x, out F64x2 exponent)
    {
        var bits = x.Value.AsInt64();
        var integer = (bits >>> Binary64.FractionBits) | Vector128.Create(Binary64.IntegerPattern);
        exponent = new() { Value = integer.AsDouble() - Vector128.Create(Binary64.BiasedInteger) };
        return new() { Value = ((bits & Vector128.Create(Binary64.FractionMask)) | Vector128.Create(Binary64.One)).AsDouble() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 LessExponent(F64x2 x, F64x2 y) =>
        new() { Value = ((x.Value.AsInt64() + Vector128.Create(Binary64.One)) - (y.Value.AsInt64() & Vector128.Create(~Binary64.FractionMask))).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 Eighth(F64x2 x) => new() { Value = (x.Value.AsInt64() >>> Binary64.EighthBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x2 HalfOctave(F64x2 x) =>
        new() { Value = ((x.Value.AsInt64() + Vector128.Create(Binary64.QuarterFraction)) >>> Binary64.HalfOctaveBits).AsDouble() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x2 LookUp<TTable>(F64x2 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };
}
