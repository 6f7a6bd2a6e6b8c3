using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// Writes what the hardware lane of one width does: every member of the lane that is more than one instruction is spelled here once, for
/// both element types.
/// </summary>
internal sealed class Recorder(bool isFloat, bool isWide)
{
    /// <summary>What the recording lanes of this thread write to, while they do.</summary>
    [ThreadStatic]
    public static Recorder? Current;

    private static readonly bool s_fuses = Fma.IsSupported || AdvSimd.IsSupported;

    public MicroProgram Program { get; } = new();

    public int Constant(double value) =>
        Bits(isFloat ? BitConverter.SingleToInt32Bits((float)value) : BitConverter.DoubleToInt64Bits(value));

    public int Make(MicroOp op, int a, int b = -1, int c = -1) => Program.Place(new Micro(op, a, b, c));

    public int MultiplyAdd(int x, int y, int z) =>
        s_fuses ? Make(MicroOp.FusedMultiplyAdd, x, y, z) : Make(MicroOp.Add, Make(MicroOp.Multiply, x, y), z);

    public int InRange(int x, double low, double high)
    {
        if (isFloat)
        {
            var least = BitConverter.SingleToInt32Bits((float)low) - int.MinValue;
            return Below(x, least, BitConverter.SingleToInt32Bits((float)high) - least);
        }

        var first = BitConverter.DoubleToInt64Bits(low) - long.MinValue;
        return Below(x, first, BitConverter.DoubleToInt64Bits(high) - first);
    }

    public int CopySign(int magnitude, int sign) => Make(MicroOp.Select, Constant(-0.0), sign, magnitude);

    public int FlipSign(int x, int sign) => Make(MicroOp.Xor, x, Make(MicroOp.And, sign, Constant(-0.0)));

    public int FlipSignByLowBit(int x, int pattern) =>
        Make(MicroOp.Xor, x, Shift(MicroOp.ShiftLeft, pattern, isFloat ? Binary32.SignBit : Binary64.SignBit));

    public int FourthBitToSign(int pattern) => Shift(MicroOp.ShiftLeft, pattern, (isFloat ? Binary32.SignBit : Binary64.SignBit) - 3);

    public int PowerOfTwo(int n) => ToExponent(
        Make(MicroOp.Add, Constant(isFloat ? Binary32.BiasedShift : Binary64.BiasedShift), n));

    public int AddToExponent(int x, int shifted) => Make(MicroOp.AddBits, x, ToExponent(shifted));

    public int AddQuartersToExponent(int x, int shifted)
    {
        var integers = Make(MicroOp.And, shifted, Bits(~3L));
        return Make(MicroOp.AddBits, x, Shift(MicroOp.ShiftLeft, integers, isFloat ? Binary32.QuarterBits : Binary64.QuarterBits));
    }

    // What follows bodies ask for in wide lanes alone, but off their common path, which is not recorded.
    public int ScaleByFloor(int x, int n) => Make(MicroOp.Scale, x, n);

    // 2: the lesser in magnitude, with the sign of the first.
    public int Limit(int x, double limit) => Program.Place(new Micro(MicroOp.Range, x, Constant(limit), Detail: 2));

    public int ScaleByPowerOfTwo(int x, int n)
    {
        if (isWide)
        {
            return Make(MicroOp.Scale, x, n);
        }

        var k = Make(MicroOp.Add, n, Constant(isFloat ? Binary32.RoundingShift : Binary64.RoundingShift));
        var half = Shift(MicroOp.ShiftRight, k, 1);
        var one = Constant(1);
        var first = Make(MicroOp.AddBits, ToExponent(half), one);
        var second = Make(MicroOp.AddBits, ToExponent(Make(MicroOp.SubtractBits, k, half)), one);
        return Make(MicroOp.Multiply, Make(MicroOp.Multiply, x, first), second);
    }

    public int PowerGuess(int x, double exponent, double offset)
    {
        var places = isFloat ? Binary32.GuessBits : Binary64.GuessBits;
        var number = Make(MicroOp.Or, Shift(MicroOp.ShiftRight, x, places), Bits(isFloat ? Binary32.IntegerPattern : Binary64.IntegerPattern));
        return Shift(MicroOp.ShiftLeft, MultiplyAdd(number, Constant(exponent), Constant(offset)), places);
    }

    public int Significand(int x, out int shift)
    {
        if (isWide)
        {
            // 11: the interval [3/4, 3/2), NaN for negative numbers.
            var significand = Program.Place(new Micro(MicroOp.Mantissa, x, Detail: 11));
            shift = Make(MicroOp.Subtract, Make(MicroOp.Exponent, significand), Make(MicroOp.Exponent, x));
            return significand;
        }

        var carried = Make(MicroOp.AddBits, x, Bits(isFloat ? Binary32.HalfFraction : Binary64.HalfFraction));
        var exponent = Shift(MicroOp.ShiftRight, carried, isFloat ? Binary32.FractionBits : Binary64.FractionBits);
        var integer = Make(MicroOp.Or, exponent, Bits(isFloat ? Binary32.IntegerPattern : Binary64.IntegerPattern));
        shift = Make(MicroOp.Subtract, Constant(isFloat ? Binary32.BiasedInteger : Binary64.BiasedInteger), integer);
        var fraction = Make(MicroOp.And, carried, Bits(isFloat ? Binary32.FractionMask : Binary64.FractionMask));
        return Make(MicroOp.AddBits, fraction, Bits(isFloat ? Binary32.ThreeQuarters : Binary64.ThreeQuarters));
    }

    public int Mantissa(int x, out int exponent)
    {
        if (isWide)
        {
            // 8: the interval [1, 2), NaN for negative numbers.
            exponent = Make(MicroOp.Exponent, x);
            return Program.Place(new Micro(MicroOp.Mantissa, x, Detail: 8));
        }

        var integer = Make(
            MicroOp.Or, Shift(MicroOp.ShiftRight, x, isFloat ? Binary32.FractionBits : Binary64.FractionBits),
            Bits(isFloat ? Binary32.IntegerPattern : Binary64.IntegerPattern));
        exponent = Make(MicroOp.Subtract, integer, Constant(isFloat ? Binary32.BiasedInteger : Binary64.BiasedInteger));
        return Make(MicroOp.Or, Make(MicroOp.And, x, Bits(isFloat ? Binary32.FractionMask : Binary64.FractionMask)), Constant(1));
    }

    public int LessExponent(int x, int y) => Make(
        MicroOp.SubtractBits, Make(MicroOp.AddBits, x, Constant(1)), Make(MicroOp.And, y, Bits(isFloat ? ~Binary32.FractionMask : ~Binary64.FractionMask)));

    public int Eighth(int x) => Shift(MicroOp.ShiftRight, x, isFloat ? Binary32.EighthBits : Binary64.EighthBits);

    public int HalfOctave(int x) => Shift(
        MicroOp.ShiftRight, Make(MicroOp.AddBits, x, Bits(isFloat ? Binary32.QuarterFraction : Binary64.QuarterFraction)),
        isFloat ? Binary32.HalfOctaveBits : Binary64.HalfOctaveBits);

    private int Bits(long bits) => Program.Place(new Micro(MicroOp.Constant, Detail: bits));

    private int Shift(MicroOp op, int x, int places) => Program.Place(new Micro(op, x, Detail: places));

    private int ToExponent(int x) => Shift(MicroOp.ShiftLeft, x, isFloat ? Binary32.FractionBits : Binary64.FractionBits);

    private int Below(int x, long first, long end) => Make(MicroOp.BitsLessThan, Make(MicroOp.SubtractBits, x, Bits(first)), Bits(end));
}
