using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grad.Simd;

/// <summary>Four doubles in a 256-bit vector.</summary>
/// <param name="value">The vector.</param>
public readonly struct F64x4(Vector256<double> value) : IHardwareLane<F64x4, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The vector.</summary>
    public readonly Vector256<double> Value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector256.IsHardwareAccelerated;

    /// <inheritdoc/>
    public static bool PrefersBranchFree => false;

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Constant(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Broadcast(double value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Load(ref readonly double source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static void Store(F64x4 x, ref double destination) => x.Value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 LoadMask(ref readonly bool source)
    {
        var bytes = Vector256.Create((ulong)Unsafe.ReadUnaligned<uint>(in Unsafe.As<bool, byte>(ref Unsafe.AsRef(in source))));
        var own = bytes & Vector256.Create(0xFFUL, 0xFFUL << 8, 0xFFUL << 16, 0xFFUL << 24);
        return new((~Vector256.Equals(own, Vector256<ulong>.Zero)).AsDouble());
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
    [MethodImpl(Inline)] public static F64x4 operator +(F64x4 x, F64x4 y) => new(x.Value + y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x, F64x4 y) => new(x.Value - y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(F64x4 x, F64x4 y) => new(x.Value * y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(F64x4 x, F64x4 y) => new(x.Value / y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x) => new(-x.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator +(F64x4 x, double y) => new(x.Value + Vector256.Create(y));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(F64x4 x, double y) => new(x.Value - Vector256.Create(y));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(F64x4 x, double y) => new(x.Value * Vector256.Create(y));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(F64x4 x, double y) => new(x.Value / Vector256.Create(y));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator +(double x, F64x4 y) => new(Vector256.Create(x) + y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator -(double x, F64x4 y) => new(Vector256.Create(x) - y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator *(double x, F64x4 y) => new(Vector256.Create(x) * y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 operator /(double x, F64x4 y) => new(Vector256.Create(x) / y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 MultiplyAdd(F64x4 x, F64x4 y, F64x4 z) =>
        FusedHardware.IsSupported ? new(Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value)) : new(x.Value * y.Value + z.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 FusedMultiplyAdd(F64x4 x, F64x4 y, F64x4 z) =>
        new(Vector256.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Min(F64x4 x, F64x4 y) => new(Vector256.Min(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Max(F64x4 x, F64x4 y) => new(Vector256.Max(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Abs(F64x4 x) => new(Vector256.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Sqrt(F64x4 x) => new(Vector256.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Truncate(F64x4 x) => new(Vector256.Truncate(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Remainder(F64x4 x, F64x4 y) => PerElement.Map<F64x4, double>(x, y, static (a, b) => a % b);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 LessThan(F64x4 x, F64x4 y) => new(Vector256.LessThan(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 LessThanOrEqual(F64x4 x, F64x4 y) => new(Vector256.LessThanOrEqual(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Equal(F64x4 x, F64x4 y) => new(Vector256.Equals(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 And(F64x4 x, F64x4 y) => new(x.Value & y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Or(F64x4 x, F64x4 y) => new(x.Value | y.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Not(F64x4 x) => new(~x.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Select(F64x4 mask, F64x4 x, F64x4 y) =>
        new(Vector256.ConditionalSelect(mask.Value, x.Value, y.Value));

    /// <inheritdoc/>
    // x comes second: that is the operand which x86 returns when it is NaN.
    [MethodImpl(Inline)] public static F64x4 AtLeast(F64x4 x, double low) => new(Vector256.MaxNative(Vector256.Create(low), x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 AtMost(F64x4 x, double high) => new(Vector256.MinNative(Vector256.Create(high), x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 InRange(F64x4 x, double low, double high)
    {
        // Shifted so that the range begins at the least integer: one signed comparison does for both ends.
        var first = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        var end = BitConverter.DoubleToInt64Bits(high) - first;
        return new(Vector256.LessThan(x.Value.AsInt64() - Vector256.Create(first), Vector256.Create(end)).AsDouble());
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 RoundToEven(F64x4 x) => new(Vector256.Round(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 CopySign(F64x4 magnitude, F64x4 sign) => new(Vector256.CopySign(magnitude.Value, sign.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 FlipSign(F64x4 x, F64x4 sign) => new(x.Value ^ (sign.Value & Vector256.Create(-0.0)));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 FlipSignByLowBit(F64x4 x, F64x4 pattern) =>
        new((x.Value.AsInt64() ^ (pattern.Value.AsInt64() << Binary64.SignBit)).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 ScaleByPowerOfTwo(F64x4 x, F64x4 n)
    {
        var k = (n.Value + Vector256.Create(Binary64.RoundingShift)).AsInt64();
        var half = k >>> 1;
        var one = Vector256.Create(Binary64.One);
        var first = ((half << Binary64.FractionBits) + one).AsDouble();
        var second = (((k - half) << Binary64.FractionBits) + one).AsDouble();
        return new(x.Value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 PowerOfTwo(F64x4 n) =>
        new(((Vector256.Create(Binary64.BiasedShift) + n.Value).AsInt64() << Binary64.FractionBits).AsDouble());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x4 Significand(F64x4 x, out F64x4 shift)
    {
        // Adding half a mantissa carries 3/2 and above into the next exponent; a small integer in the low
        // bits of 2^52 reads as that number added to it.
        var carried = x.Value.AsInt64() + Vector256.Create(Binary64.HalfFraction);
        var integer = (carried >>> Binary64.FractionBits) | Vector256.Create(Binary64.IntegerPattern);
        shift = new(Vector256.Create(Binary64.BiasedInteger) - integer.AsDouble());
        return new(((carried & Vector256.Create(Binary64.FractionMask)) + Vector256.Create(Binary64.ThreeQuarters)).AsDouble());
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Exp(F64x4 x) => ExpFunction.Float64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 ExpM1(F64x4 x) => ExpM1Function.Float64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Log(F64x4 x) => LogFunction.Float64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 LogP1(F64x4 x) => LogP1Function.Float64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Sin(F64x4 x) => SinCosFunction.SinFloat64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Cos(F64x4 x) => SinCosFunction.CosFloat64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Tanh(F64x4 x) => TanhFunction.Float64(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)] public static F64x4 Pow(F64x4 x, double exponent) => PowFunction.Float64(x, exponent);
}
