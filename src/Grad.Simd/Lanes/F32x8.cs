using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Eight floats in a 256-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F32x8 : IFloat32Lane<F32x8>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector256<float> Value;

    /// <summary>A lane of a vector.</summary>
    public F32x8(Vector256<float> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 8; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Constant(double value) => new() { Value = Vector256.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Broadcast(float value) => new() { Value = Vector256.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Load(ref readonly float source) => new() { Value = Vector256.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F32x8 x, ref float destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 LoadMask(ref readonly bool source)
    {
        ref var bytes = ref Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source));
        var own = Vector256.Create(Four(ref bytes, 0), Four(ref bytes, 4))
            & Vector256.Create(Vector128.Create(0xFFu, 0xFFu << 8, 0xFFu << 16, 0xFFu << 24));
        return new() { Value = (~Vector256.Equals(own, Vector256<uint>.Zero)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F32x8 mask, ref bool destination)
    {
        var bools = MaskBits.ToBools((byte)mask.Value.ExtractMostSignificantBits());
        Unsafe.WriteUnaligned(ref Unsafe.As<bool, byte>(ref destination), bools);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(F32x8 x)
    {
        var half = x.Value.GetLower() + x.Value.GetUpper();
        return (half.GetElement(0) + half.GetElement(2)) + (half.GetElement(1) + half.GetElement(3));
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static float First(F32x8 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F32x8 mask) => mask.Value.ExtractMostSignificantBits() == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator +(F32x8 x, F32x8 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator -(F32x8 x, F32x8 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator *(F32x8 x, F32x8 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator /(F32x8 x, F32x8 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator -(F32x8 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator +(F32x8 x, double y) => new() { Value = x.Value + Vector256.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator -(F32x8 x, double y) => new() { Value = x.Value - Vector256.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator *(F32x8 x, double y) => new() { Value = x.Value * Vector256.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator /(F32x8 x, double y) => new() { Value = x.Value / Vector256.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator +(double x, F32x8 y) => new() { Value = Vector256.Create((float)x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator -(double x, F32x8 y) => new() { Value = Vector256.Create((float)x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator *(double x, F32x8 y) => new() { Value = Vector256.Create((float)x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 operator /(double x, F32x8 y) => new() { Value = Vector256.Create((float)x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 MultiplyAdd(F32x8 x, F32x8 y, F32x8 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x8 x, F32x8 y, ref F32x8 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 MultiplyAdd(F32x8 x, F32x8 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, Vector256.Create((float)z)) };
        }
        return new() { Value = x.Value * y.Value + Vector256.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 MultiplyAdd(F32x8 x, double y, F32x8 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(x.Value, Vector256.Create((float)y), z.Value) };
        }
        return new() { Value = x.Value * Vector256.Create((float)y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 MultiplyAdd(double x, F32x8 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector256.FusedMultiplyAdd(Vector256.Create((float)x), y.Value, Vector256.Create((float)z)) };
        }
        return new() { Value = Vector256.Create((float)x) * y.Value + Vector256.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 FusedMultiplyAdd(F32x8 x, F32x8 y, F32x8 z) =>
        new() { Value = Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Min(F32x8 x, F32x8 y) => new() { Value = Vector256.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Max(F32x8 x, F32x8 y) => new() { Value = Vector256.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Abs(F32x8 x) => new() { Value = Vector256.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Sqrt(F32x8 x) => new() { Value = Vector256.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Truncate(F32x8 x) => new() { Value = Vector256.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 LessThan(F32x8 x, F32x8 y) => new() { Value = Vector256.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 LessThanOrEqual(F32x8 x, F32x8 y) =>
        new() { Value = Vector256.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Equal(F32x8 x, F32x8 y) => new() { Value = Vector256.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 And(F32x8 x, F32x8 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Or(F32x8 x, F32x8 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Not(F32x8 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 Select(F32x8 mask, F32x8 x, F32x8 y) =>
        new() { Value = Vector256.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F32x8 AtLeast(F32x8 x, double low) =>
        new() { Value = Vector256.MaxNative(Vector256.Create((float)low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 AtMost(F32x8 x, double high) =>
        new() { Value = Vector256.MinNative(Vector256.Create((float)high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 InRange(F32x8 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
        var end = BitConverter.SingleToInt32Bits((float)high) - first;
        return new() { Value = Vector256.LessThan(x.Value.AsInt32() - Vector256.Create(first), Vector256.Create(end)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 RoundToEven(F32x8 x) => new() { Value = Vector256.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 CopySign(F32x8 magnitude, F32x8 sign) =>
        new() { Value = Vector256.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 FlipSign(F32x8 x, F32x8 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector256.Create(-0f)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 FlipSignByLowBit(F32x8 x, F32x8 pattern) =>
        new() { Value = (x.Value.AsInt32() ^ (pattern.Value.AsInt32() << Binary32.SignBit)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 ScaleByPowerOfTwo(F32x8 x, F32x8 n)
    {
        var k = (n.Value + Vector256.Create(Binary32.RoundingShift)).AsInt32();
        var half = k >>> 1;
        var one = Vector256.Create(Binary32.One);
        var first = ((half << Binary32.FractionBits) + one).AsSingle();
        var second = (((k - half) << Binary32.FractionBits) + one).AsSingle();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 AddToExponent(F32x8 x, F32x8 shifted) =>
        new() { Value = (x.Value.AsInt32() + (shifted.Value.AsInt32() << Binary32.FractionBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 AddQuartersToExponent(F32x8 x, F32x8 shifted) =>
        new() { Value = (x.Value.AsInt32() + ((shifted.Value.AsInt32() & Vector256.Create(~3)) << Binary32.QuarterBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 QuarterPowerOfTwo(F32x8 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 FourthBitToSign(F32x8 pattern) => new() { Value = (pattern.Value.AsInt32() << (Binary32.SignBit - 3)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 PowerOfTwo(F32x8 n) =>
        new() { Value = ((Vector256.Create(Binary32.BiasedShift) + n.Value).AsInt32() << Binary32.FractionBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 PowerGuess(F32x8 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt32() >>> Binary32.GuessBits) | Vector256.Create(Binary32.IntegerPattern);
        var power = MultiplyAdd(new F32x8 { Value = number.AsSingle() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt32() << Binary32.GuessBits).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 Significand(F32x8 x, out F32x8 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^23 reads as that number added to it.
        var carried = x.Value.AsInt32() + Vector256.Create(Binary32.HalfFraction);
        var integer = (carried >>> Binary32.FractionBits) | Vector256.Create(Binary32.IntegerPattern);
        shift = new() { Value = Vector256.Create(Binary32.BiasedInteger) - integer.AsSingle() };
        var fraction = carried & Vector256.Create(Binary32.FractionMask);
        return new() { Value = (fraction + Vector256.Create(Binary32.ThreeQuarters)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 Mantissa(F32x8 x, out F32x8 exponent)
    {
        var bits = x.Value.AsInt32();
        var integer = (bits >>> Binary32.FractionBits) | Vector256.Create(Binary32.IntegerPattern);
        exponent = new() { Value = integer.AsSingle() - Vector256.Create(Binary32.BiasedInteger) };
        return new() { Value = ((bits & Vector256.Create(Binary32.FractionMask)) | Vector256.Create(Binary32.One)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 LessExponent(F32x8 x, F32x8 y) =>
        new() { Value = ((x.Value.AsInt32() + Vector256.Create(Binary32.One)) - (y.Value.AsInt32() & Vector256.Create(~Binary32.FractionMask))).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 Eighth(F32x8 x) => new() { Value = (x.Value.AsInt32() >>> Binary32.EighthBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x8 HalfOctave(F32x8 x) =>
        new() { Value = ((x.Value.AsInt32() + Vector256.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x8 LookUp<TTable>(F32x8 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };

    private static Vector128<uint> Four(ref byte bytes, int offset) =>
        Vector128.Create(Unsafe.ReadUnaligned<uint>(in Unsafe.Add(ref bytes, offset)));
}
