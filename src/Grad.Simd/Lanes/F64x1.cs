using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>One double: the tail of every loop, and the whole of it where no vector is accelerated.</summary>
public struct F64x1 : IFloat64Lane<F64x1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The number.</summary>
    public double Value;

    /// <summary>A lane of a number.</summary>
    public F64x1(double value) => Value = value;

    private readonly long Bits => BitConverter.DoubleToInt64Bits(Value);

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 1; }

    /// <inheritdoc/>
    public static bool IsAccelerated => true;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Constant(double value) => new() { Value = value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Broadcast(double value) => new() { Value = value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Load(ref readonly double source) => new() { Value = source };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F64x1 x, ref double destination) => destination = x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 LoadMask(ref readonly bool source) => Mask(source);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void StoreMask(F64x1 mask, ref bool destination) => destination = mask.Bits != 0;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static double Sum(F64x1 x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static double First(F64x1 x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F64x1 mask) => mask.Bits != 0;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator +(F64x1 x, F64x1 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator -(F64x1 x, F64x1 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator *(F64x1 x, F64x1 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator /(F64x1 x, F64x1 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator -(F64x1 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator +(F64x1 x, double y) => new() { Value = x.Value + y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator -(F64x1 x, double y) => new() { Value = x.Value - y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator *(F64x1 x, double y) => new() { Value = x.Value * y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator /(F64x1 x, double y) => new() { Value = x.Value / y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator +(double x, F64x1 y) => new() { Value = x + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator -(double x, F64x1 y) => new() { Value = x - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator *(double x, F64x1 y) => new() { Value = x * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 operator /(double x, F64x1 y) => new() { Value = x / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 MultiplyAdd(F64x1 x, F64x1 y, F64x1 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Math.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x1 x, F64x1 y, ref F64x1 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Math.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 MultiplyAdd(F64x1 x, F64x1 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Math.FusedMultiplyAdd(x.Value, y.Value, z) };
        }
        return new() { Value = x.Value * y.Value + z };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 MultiplyAdd(F64x1 x, double y, F64x1 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Math.FusedMultiplyAdd(x.Value, y, z.Value) };
        }
        return new() { Value = x.Value * y + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 MultiplyAdd(double x, F64x1 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Math.FusedMultiplyAdd(x, y.Value, z) };
        }
        return new() { Value = x * y.Value + z };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 FusedMultiplyAdd(F64x1 x, F64x1 y, F64x1 z) =>
        new() { Value = Math.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Min(F64x1 x, F64x1 y) => new() { Value = Math.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Max(F64x1 x, F64x1 y) => new() { Value = Math.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Abs(F64x1 x) => new() { Value = Math.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Sqrt(F64x1 x) => new() { Value = Math.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Truncate(F64x1 x) => new() { Value = Math.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Remainder(F64x1 x, F64x1 y) => new() { Value = x.Value % y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 LessThan(F64x1 x, F64x1 y) => Mask(x.Value < y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 LessThanOrEqual(F64x1 x, F64x1 y) => Mask(x.Value <= y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Equal(F64x1 x, F64x1 y) => Mask(x.Value == y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 And(F64x1 x, F64x1 y) => FromBits(x.Bits & y.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Or(F64x1 x, F64x1 y) => FromBits(x.Bits | y.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Not(F64x1 x) => FromBits(~x.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Select(F64x1 mask, F64x1 x, F64x1 y) => mask.Bits != 0 ? x : y;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 AtLeast(F64x1 x, double low) => x.Value < low ? new() { Value = low } : x;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 AtMost(F64x1 x, double high) => x.Value > high ? new() { Value = high } : x;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 InRange(F64x1 x, double low, double high) => Mask(x.Value >= low && x.Value < high);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 RoundToEven(F64x1 x) => new() { Value = Math.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 CopySign(F64x1 magnitude, F64x1 sign) =>
        new() { Value = Math.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 FlipSign(F64x1 x, F64x1 sign) => FromBits(x.Bits ^ (sign.Bits & long.MinValue));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 FlipSignByLowBit(F64x1 x, F64x1 pattern) =>
        FromBits(x.Bits ^ (pattern.Bits << Binary64.SignBit));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 ScaleByPowerOfTwo(F64x1 x, F64x1 n)
    {
        var k = BitConverter.DoubleToInt64Bits(n.Value + Binary64.RoundingShift);
        var half = k >>> 1;
        var first = BitConverter.Int64BitsToDouble((half << Binary64.FractionBits) + Binary64.One);
        var second = BitConverter.Int64BitsToDouble(((k - half) << Binary64.FractionBits) + Binary64.One);
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 AddToExponent(F64x1 x, F64x1 shifted) => FromBits(x.Bits + (shifted.Bits << Binary64.FractionBits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 AddQuartersToExponent(F64x1 x, F64x1 shifted) => FromBits(x.Bits + ((shifted.Bits & ~3L) << Binary64.QuarterBits));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 QuarterPowerOfTwo(F64x1 pattern) => new() { Value = QuarterPowers.Of(pattern.Bits) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 FourthBitToSign(F64x1 pattern) => FromBits(pattern.Bits << (Binary64.SignBit - 3));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 PowerOfTwo(F64x1 n) =>
        FromBits(BitConverter.DoubleToInt64Bits(Binary64.BiasedShift + n.Value) << Binary64.FractionBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 PowerGuess(F64x1 x, double exponent, double offset) =>
        FromBits(MultiplyAdd(FromBits((x.Bits >>> Binary64.GuessBits) | Binary64.IntegerPattern), exponent, Constant(offset)).Bits << Binary64.GuessBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 Significand(F64x1 x, out F64x1 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent.
        var carried = x.Bits + Binary64.HalfFraction;
        shift = new() { Value = Binary64.Bias - (carried >>> Binary64.FractionBits) };
        return FromBits((carried & Binary64.FractionMask) + Binary64.ThreeQuarters);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 Mantissa(F64x1 x, out F64x1 exponent)
    {
        exponent = new() { Value = (x.Bits >>> Binary64.FractionBits) - Binary64.Bias };
        return FromBits((x.Bits & Binary64.FractionMask) | Binary64.One);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x1 LessExponent(F64x1 x, F64x1 y) => FromBits((x.Bits + Binary64.One) - (y.Bits & ~Binary64.FractionMask));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 Eighth(F64x1 x) => FromBits(x.Bits >>> Binary64.EighthBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 HalfOctave(F64x1 x) => FromBits((x.Bits + Binary64.QuarterFraction) >>> Binary64.HalfOctaveBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x1 LookUp<TTable>(F64x1 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Bits, row) };

    private static F64x1 FromBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));

    private static F64x1 Mask(bool value) => FromBits(value ? -1 : 0);
}
