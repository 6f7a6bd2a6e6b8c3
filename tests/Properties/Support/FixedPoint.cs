using System.Numerics;

namespace Properties.Support;

/// <summary>
/// Integers as binary fractions: where the double-double series need more than two words (π for arguments of any size, exact remainders).
/// Slow, and simple enough to be believed.
/// </summary>
internal static class FixedPoint
{
    // Covers 2^1024 times a relative error of 2^-300, with room to spare.
    private const int ConstantBits = 1536;
    private const int FractionBits = 320;

    private static readonly BigInteger HalfPi = ComputeHalfPi();

    /// <summary>ln 2 in three parts: the first two of 40 bits, so that integers below 2¹² times them are exact.</summary>
    public static (double First, double Second, DoubleDouble Last) Ln2Parts { get; } = SplitLn2();

    /// <summary>π/2 rounded to double-double.</summary>
    public static DoubleDouble HalfPiRounded { get; } = ToDoubleDouble(HalfPi, ConstantBits);

    /// <summary>x − quadrant·π/2 with a magnitude of at most π/4, and the quadrant modulo 4; for any finite x.</summary>
    public static (DoubleDouble Remainder, int Quadrant) ReduceByHalfPi(DoubleDouble x)
    {
        var scaled = FromDoubleDouble(x, FractionBits) << (ConstantBits - FractionBits);
        var quadrant = FloorDivide(2 * scaled + HalfPi, 2 * HalfPi);
        var remainder = scaled - quadrant * HalfPi;
        return (ToDoubleDouble(remainder, ConstantBits), (int)(quadrant & 3));
    }

    /// <summary>The remainder of the truncated division of finite numbers, y not zero, without rounding error but the last one.</summary>
    public static DoubleDouble Remainder(DoubleDouble x, DoubleDouble y)
    {
        const int everyBit = 1074;
        return ToDoubleDouble(BigInteger.Remainder(FromDoubleDouble(x, everyBit), FromDoubleDouble(y, everyBit)), everyBit);
    }

    private static BigInteger FromDoubleDouble(DoubleDouble x, int fractionBits) =>
        FromDouble(x.Hi, fractionBits) + FromDouble(x.Lo, fractionBits);

    private static BigInteger FromDouble(double x, int fractionBits)
    {
        if (x == 0)
            return BigInteger.Zero;
        int exponent = Math.Max(Math.ILogB(x), -1022) - 52;
        var significand = new BigInteger(Math.ScaleB(x, -exponent));
        int shift = exponent + fractionBits;
        return shift >= 0 ? significand << shift : significand >> -shift;
    }

    private static DoubleDouble ToDoubleDouble(BigInteger x, int fractionBits)
    {
        // Only the leading bits fit; the cut keeps the integer inside the range of double.
        int excess = Math.Max(0, (int)x.GetBitLength() - 256);
        x >>= excess;
        double hi = (double)x;
        var sum = DoubleDouble.Sum(hi, (double)(x - new BigInteger(hi)));
        return DoubleDouble.ScaleB(sum, excess - fractionBits);
    }

    // Machin: π/4 = 4·atan(1/5) − atan(1/239).
    private static BigInteger ComputeHalfPi()
    {
        const int guard = 64;
        var quarter = 4 * InverseTangentSeries(5, alternating: true, guard) - InverseTangentSeries(239, alternating: true, guard);
        return (2 * quarter) >> guard;
    }

    private static (double, double, DoubleDouble) SplitLn2()
    {
        const int bits = ConstantBits;
        var ln2 = 2 * InverseTangentSeries(3, alternating: false, 0);
        var first = ln2 >> (bits - 40);
        var second = (ln2 >> (bits - 80)) - (first << 40);
        var rest = ln2 - (((first << 40) + second) << (bits - 80));
        return (Math.ScaleB((double)first, -40), Math.ScaleB((double)second, -80), ToDoubleDouble(rest, bits));
    }

    // Σ ±1/((2k+1)·n^(2k+1)): atan(1/n) when alternating, else atanh(1/n).
    private static BigInteger InverseTangentSeries(int n, bool alternating, int guard)
    {
        var power = (BigInteger.One << (ConstantBits + guard)) / n;
        var sum = BigInteger.Zero;
        for (int k = 0; !power.IsZero; k++, power /= n * n)
            sum += (alternating && (k & 1) == 1 ? -power : power) / (2 * k + 1);
        return sum;
    }

    private static BigInteger FloorDivide(BigInteger x, BigInteger y)
    {
        var quotient = BigInteger.DivRem(x, y, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
