using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>One float: the tail of every loop, and the whole of it where no vector is accelerated.</summary>
public struct F32x1 : IFloat32Lane<F32x1>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The number.</summary>
    public float Value;

    /// <summary>A lane of a number.</summary>
    public F32x1(float value) => Value = value;

    private readonly int Bits => BitConverter.SingleToInt32Bits(Value);

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 1; }

    /// <inheritdoc/>
    public static bool IsAccelerated => true;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Constant(double value) => new() { Value = (float)value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Broadcast(float value) => new() { Value = value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Load(ref readonly float source) => new() { Value = source };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F32x1 x, ref float destination) => destination = x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 LoadMask(ref readonly bool source) => Mask(source);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void StoreMask(F32x1 mask, ref bool destination) => destination = mask.Bits != 0;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static float Sum(F32x1 x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static float First(F32x1 x) => x.Value;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F32x1 mask) => mask.Bits != 0;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator +(F32x1 x, F32x1 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator -(F32x1 x, F32x1 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator *(F32x1 x, F32x1 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator /(F32x1 x, F32x1 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator -(F32x1 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator +(F32x1 x, double y) => new() { Value = x.Value + (float)y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator -(F32x1 x, double y) => new() { Value = x.Value - (float)y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator *(F32x1 x, double y) => new() { Value = x.Value * (float)y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator /(F32x1 x, double y) => new() { Value = x.Value / (float)y };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator +(double x, F32x1 y) => new() { Value = (float)x + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator -(double x, F32x1 y) => new() { Value = (float)x - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator *(double x, F32x1 y) => new() { Value = (float)x * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 operator /(double x, F32x1 y) => new() { Value = (float)x / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 MultiplyAdd(F32x1 x, F32x1 y, F32x1 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = MathF.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x1 x, F32x1 y, ref F32x1 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = MathF.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 MultiplyAdd(F32x1 x, F32x1 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = MathF.FusedMultiplyAdd(x.Value, y.Value, (float)z) };
        }
        return new() { Value = x.Value * y.Value + (float)z };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 MultiplyAdd(F32x1 x, double y, F32x1 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = MathF.FusedMultiplyAdd(x.Value, (float)y, z.Value) };
        }
        return new() { Value = x.Value * (float)y + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 MultiplyAdd(double x, F32x1 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = MathF.FusedMultiplyAdd((float)x, y.Value, (float)z) };
        }
        return new() { Value = (float)x * y.Value + (float)z };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 FusedMultiplyAdd(F32x1 x, F32x1 y, F32x1 z) =>
        new() { Value = MathF.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Min(F32x1 x, F32x1 y) => new() { Value = MathF.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Max(F32x1 x, F32x1 y) => new() { Value = MathF.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Abs(F32x1 x) => new() { Value = MathF.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Sqrt(F32x1 x) => new() { Value = MathF.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Truncate(F32x1 x) => new() { Value = MathF.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Remainder(F32x1 x, F32x1 y) => new() { Value = x.Value % y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 LessThan(F32x1 x, F32x1 y) => Mask(x.Value < y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 LessThanOrEqual(F32x1 x, F32x1 y) => Mask(x.Value <= y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Equal(F32x1 x, F32x1 y) => Mask(x.Value == y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 And(F32x1 x, F32x1 y) => FromBits(x.Bits & y.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Or(F32x1 x, F32x1 y) => FromBits(x.Bits | y.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Not(F32x1 x) => FromBits(~x.Bits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Select(F32x1 mask, F32x1 x, F32x1 y) => mask.Bits != 0 ? x : y;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 AtLeast(F32x1 x, double low) => x.Value < (float)low ? new() { Value = (float)low } : x;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 AtMost(F32x1 x, double high) => x.Value > (float)high ? new() { Value = (float)high } : x;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 InRange(F32x1 x, double low, double high) =>
        Mask(x.Value >= (float)low && x.Value < (float)high);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 RoundToEven(F32x1 x) => new() { Value = MathF.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 CopySign(F32x1 magnitude, F32x1 sign) =>
        new() { Value = MathF.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 FlipSign(F32x1 x, F32x1 sign) => FromBits(x.Bits ^ (sign.Bits & int.MinValue));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 FlipSignByLowBit(F32x1 x, F32x1 pattern) =>
        FromBits(x.Bits ^ (pattern.Bits << Binary32.SignBit));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 ScaleByPowerOfTwo(F32x1 x, F32x1 n)
    {
        var k = BitConverter.SingleToInt32Bits(n.Value + Binary32.RoundingShift);
        var half = k >>> 1;
        var first = BitConverter.Int32BitsToSingle((half << Binary32.FractionBits) + Binary32.One);
        var second = BitConverter.Int32BitsToSingle(((k - half) << Binary32.FractionBits) + Binary32.One);
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 AddToExponent(F32x1 x, F32x1 shifted) => FromBits(x.Bits + (shifted.Bits << Binary32.FractionBits));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 AddQuartersToExponent(F32x1 x, F32x1 shifted) => FromBits(x.Bits + ((shifted.Bits & ~3) << Binary32.QuarterBits));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 QuarterPowerOfTwo(F32x1 pattern) => new() { Value = QuarterPowers.Of(pattern.Bits) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 FourthBitToSign(F32x1 pattern) => FromBits(pattern.Bits << (Binary32.SignBit - 3));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 PowerOfTwo(F32x1 n) =>
        FromBits(BitConverter.SingleToInt32Bits(Binary32.BiasedShift + n.Value) << Binary32.FractionBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 PowerGuess(F32x1 x, double exponent, double offset) =>
        FromBits(MultiplyAdd(FromBits((x.Bits >>> Binary32.GuessBits) | Binary32.IntegerPattern), exponent, Constant(offset)).Bits << Binary32.GuessBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 Significand(F32x1 x, out F32x1 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent.
        var carried = x.Bits + Binary32.HalfFraction;
        shift = new() { Value = Binary32.Bias - (carried >>> Binary32.FractionBits) };
        return FromBits((carried & Binary32.FractionMask) + Binary32.ThreeQuarters);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 Mantissa(F32x1 x, out F32x1 exponent)
    {
        exponent = new() { Value = (x.Bits >>> Binary32.FractionBits) - Binary32.Bias };
        return FromBits((x.Bits & Binary32.FractionMask) | Binary32.One);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x1 LessExponent(F32x1 x, F32x1 y) => FromBits((x.Bits + Binary32.One) - (y.Bits & ~Binary32.FractionMask));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 Eighth(F32x1 x) => FromBits(x.Bits >>> Binary32.EighthBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 HalfOctave(F32x1 x) => FromBits((x.Bits + Binary32.QuarterFraction) >>> Binary32.HalfOctaveBits);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x1 LookUp<TTable>(F32x1 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Bits, row) };

    private static F32x1 FromBits(int bits) => new(BitConverter.Int32BitsToSingle(bits));

    private static F32x1 Mask(bool value) => FromBits(value ? -1 : 0);
}
