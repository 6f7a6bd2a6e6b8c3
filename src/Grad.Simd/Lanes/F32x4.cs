using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Four floats in a 128-bit vector.</summary>
/// <remarks>The members avoid constructor calls and properties: each would count against the JIT's limit of inlined locals.</remarks>
public struct F32x4 : IFloat32Lane<F32x4>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public Vector128<float> Value;

    /// <summary>A lane of a vector.</summary>
    public F32x4(Vector128<float> value) => Value = value;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 4; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector128.IsHardwareAccelerated;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Constant(double value) => new() { Value = Vector128.Create((float)value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Broadcast(float value) => new() { Value = Vector128.Create(value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Load(ref readonly float source) => new() { Value = Vector128.LoadUnsafe(in source) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F32x4 x, ref float destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 LoadMask(ref readonly bool source)
    {
        var bytes = Vector128.Create(Unsafe.ReadUnaligned<uint>(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source))));
        var own = bytes & Vector128.Create(0xFFu, 0xFFu << 8, 0xFFu << 16, 0xFFu << 24);
        return new() { Value = (~Vector128.Equals(own, Vector128<uint>.Zero)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void StoreMask(F32x4 mask, ref bool destination)
    {
        var bools = MaskBits.ToBools((byte)mask.Value.ExtractMostSignificantBits());
        Unsafe.WriteUnaligned(ref Unsafe.As<bool, byte>(ref destination), (uint)bools);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static float Sum(F32x4 x) =>
        (x.Value.GetElement(0) + x.Value.GetElement(2)) + (x.Value.GetElement(1) + x.Value.GetElement(3));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static float First(F32x4 x) => x.Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static bool All(F32x4 mask) => mask.Value.ExtractMostSignificantBits() == 0xF;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator +(F32x4 x, F32x4 y) => new() { Value = x.Value + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator -(F32x4 x, F32x4 y) => new() { Value = x.Value - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator *(F32x4 x, F32x4 y) => new() { Value = x.Value * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator /(F32x4 x, F32x4 y) => new() { Value = x.Value / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator -(F32x4 x) => new() { Value = -x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator +(F32x4 x, double y) => new() { Value = x.Value + Vector128.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator -(F32x4 x, double y) => new() { Value = x.Value - Vector128.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator *(F32x4 x, double y) => new() { Value = x.Value * Vector128.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator /(F32x4 x, double y) => new() { Value = x.Value / Vector128.Create((float)y) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator +(double x, F32x4 y) => new() { Value = Vector128.Create((float)x) + y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator -(double x, F32x4 y) => new() { Value = Vector128.Create((float)x) - y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator *(double x, F32x4 y) => new() { Value = Vector128.Create((float)x) * y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 operator /(double x, F32x4 y) => new() { Value = Vector128.Create((float)x) / y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 MultiplyAdd(F32x4 x, F32x4 y, F32x4 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value) };
        }
        return new() { Value = x.Value * y.Value + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x4 x, F32x4 y, ref F32x4 sum)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
            sum.Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, sum.Value);
        else
            sum.Value = x.Value * y.Value + sum.Value;
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 MultiplyAdd(F32x4 x, F32x4 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, Vector128.Create((float)z)) };
        }
        return new() { Value = x.Value * y.Value + Vector128.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 MultiplyAdd(F32x4 x, double y, F32x4 z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(x.Value, Vector128.Create((float)y), z.Value) };
        }
        return new() { Value = x.Value * Vector128.Create((float)y) + z.Value };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 MultiplyAdd(double x, F32x4 y, double z)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return new() { Value = Vector128.FusedMultiplyAdd(Vector128.Create((float)x), y.Value, Vector128.Create((float)z)) };
        }
        return new() { Value = Vector128.Create((float)x) * y.Value + Vector128.Create((float)z) };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 FusedMultiplyAdd(F32x4 x, F32x4 y, F32x4 z) =>
        new() { Value = Vector128.FusedMultiplyAdd(x.Value, y.Value, z.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Min(F32x4 x, F32x4 y) => new() { Value = Vector128.Min(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Max(F32x4 x, F32x4 y) => new() { Value = Vector128.Max(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Abs(F32x4 x) => new() { Value = Vector128.Abs(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Sqrt(F32x4 x) => new() { Value = Vector128.Sqrt(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Truncate(F32x4 x) => new() { Value = Vector128.Truncate(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 LessThan(F32x4 x, F32x4 y) => new() { Value = Vector128.LessThan(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 LessThanOrEqual(F32x4 x, F32x4 y) =>
        new() { Value = Vector128.LessThanOrEqual(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Equal(F32x4 x, F32x4 y) => new() { Value = Vector128.Equals(x.Value, y.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 And(F32x4 x, F32x4 y) => new() { Value = x.Value & y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Or(F32x4 x, F32x4 y) => new() { Value = x.Value | y.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Not(F32x4 x) => new() { Value = ~x.Value };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 Select(F32x4 mask, F32x4 x, F32x4 y) =>
        new() { Value = Vector128.ConditionalSelect(mask.Value, x.Value, y.Value) };

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)]
    public static F32x4 AtLeast(F32x4 x, double low) =>
        new() { Value = Vector128.MaxNative(Vector128.Create((float)low), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 AtMost(F32x4 x, double high) =>
        new() { Value = Vector128.MinNative(Vector128.Create((float)high), x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 InRange(F32x4 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
        var end = BitConverter.SingleToInt32Bits((float)high) - first;
        return new() { Value = Vector128.LessThan(x.Value.AsInt32() - Vector128.Create(first), Vector128.Create(end)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 RoundToEven(F32x4 x) => new() { Value = Vector128.Round(x.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 CopySign(F32x4 magnitude, F32x4 sign) =>
        new() { Value = Vector128.CopySign(magnitude.Value, sign.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 FlipSign(F32x4 x, F32x4 sign) =>
        new() { Value = x.Value ^ (sign.Value & Vector128.Create(-0f)) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 FlipSignByLowBit(F32x4 x, F32x4 pattern) =>
        new() { Value = (x.Value.AsInt32() ^ (pattern.Value.AsInt32() << Binary32.SignBit)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 ScaleByPowerOfTwo(F32x4 x, F32x4 n)
    {
        var k = (n.Value + Vector128.Create(Binary32.RoundingShift)).AsInt32();
        var half = k >>> 1;
        var one = Vector128.Create(Binary32.One);
        var first = ((half << Binary32.FractionBits) + one).AsSingle();
        var second = (((k - half) << Binary32.FractionBits) + one).AsSingle();
        return new() { Value = x.Value * first * second };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 AddToExponent(F32x4 x, F32x4 shifted) =>
        new() { Value = (x.Value.AsInt32() + (shifted.Value.AsInt32() << Binary32.FractionBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 AddQuartersToExponent(F32x4 x, F32x4 shifted) =>
        new() { Value = (x.Value.AsInt32() + ((shifted.Value.AsInt32() & Vector128.Create(~3)) << Binary32.QuarterBits)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 QuarterPowerOfTwo(F32x4 pattern) => new() { Value = QuarterPowers.Of(pattern.Value) };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 FourthBitToSign(F32x4 pattern) => new() { Value = (pattern.Value.AsInt32() << (Binary32.SignBit - 3)).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 PowerOfTwo(F32x4 n) =>
        new() { Value = ((Vector128.Create(Binary32.BiasedShift) + n.Value).AsInt32() << Binary32.FractionBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 PowerGuess(F32x4 x, double exponent, double offset)
    {
        var number = (x.Value.AsInt32() >>> Binary32.GuessBits) | Vector128.Create(Binary32.IntegerPattern);
        var power = MultiplyAdd(new F32x4 { Value = number.AsSingle() }, exponent, Constant(offset));
        return new() { Value = (power.Value.AsInt32() << Binary32.GuessBits).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 Significand(F32x4 x, out F32x4 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^23 reads as that number added to it.
        var carried = x.Value.AsInt32() + Vector128.Create(Binary32.HalfFraction);
        var integer = (carried >>> Binary32.FractionBits) | Vector128.Create(Binary32.IntegerPattern);
        shift = new() { Value = Vector128.Create(Binary32.BiasedInteger) - integer.AsSingle() };
        var fraction = carried & Vector128.Create(Binary32.FractionMask);
        return new() { Value = (fraction + Vector128.Create(Binary32.ThreeQuarters)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 Mantissa(F32x4 x, out F32x4 exponent)
    {
        var bits = x.Value.AsInt32();
        var integer = (bits >>> Binary32.FractionBits) | Vector128.Create(Binary32.IntegerPattern);
        exponent = new() { Value = integer.AsSingle() - Vector128.Create(Binary32.BiasedInteger) };
        return new() { Value = ((bits & Vector128.Create(Binary32.FractionMask)) | Vector128.Create(Binary32.One)).AsSingle() };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 LessExponent(F32x4 x, F32x4 y) =>
        new() { Value = ((x.Value.AsInt32() + Vector128.Create(Binary32.One)) - (y.Value.AsInt32() & Vector128.Create(~Binary32.FractionMask))).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 Eighth(F32x4 x) => new() { Value = (x.Value.AsInt32() >>> Binary32.EighthBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x4 HalfOctave(F32x4 x) =>
        new() { Value = ((x.Value.AsInt32() + Vector128.Create(Binary32.QuarterFraction)) >>> Binary32.HalfOctaveBits).AsSingle() };

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F32x4 LookUp<TTable>(F32x4 eighth, int row = 0) where TTable : struct, IEighths => new() { Value = Eighths<TTable>.Of(eighth.Value, row) };
}
