namespace Grad.Simd;

/// <summary>The layout of a float, as the constants that bit manipulation needs.</summary>
internal static class Binary32
{
    /// <summary>Stored bits of the fraction.</summary>
    public const int FractionBits = 23;
    /// <summary>Index of the sign bit.</summary>
    public const int SignBit = 31;
    /// <summary>What the stored exponent exceeds the true one by.</summary>
    public const int Bias = 127;

    /// <summary>The pattern of 1.</summary>
    public const int One = 0x3F80_0000;
    /// <summary>The pattern of 3/4.</summary>
    public const int ThreeQuarters = 0x3F40_0000;
    /// <summary>Half of the fraction's range.</summary>
    public const int HalfFraction = 0x0040_0000;
    /// <summary>All bits of the fraction.</summary>
    public const int FractionMask = 0x007F_FFFF;

    /// <summary>1.5·2²³: added to a number up to 2²², it rounds that to an integer and leaves it in the lowest bits.</summary>
    public const float RoundingShift = 12582912;
    /// <summary>A quarter of <see cref="RoundingShift"/>: rounds to quarters and leaves their number in the lowest bits.</summary>
    public const float QuarterShift = RoundingShift / 4;
    /// <summary>An eighth of <see cref="RoundingShift"/>: rounds to eighths and leaves their number in the lowest bits.</summary>
    public const float EighthShift = RoundingShift / 8;
    /// <summary>By how far a number of quarters is to be moved to stand in the exponent, but for the two bits below the integers.</summary>
    public const int QuarterBits = FractionBits - 2;
    /// <summary>By how far the three highest bits of the fraction stand above the lowest.</summary>
    public const int EighthBits = FractionBits - 3;
    /// <summary>By how far a half octave's bit is moved.</summary>
    public const int HalfOctaveBits = FractionBits - 1;
    /// <summary>A quarter of a mantissa.</summary>
    public const int QuarterFraction = 0x0020_0000;
    /// <summary><see cref="RoundingShift"/> and <see cref="Bias"/>: leaves an exponent field in the lowest bits.</summary>
    public const float BiasedShift = RoundingShift + Bias;
    /// <summary>The pattern of 2²³: with an integer in its lowest bits it is the sum of both.</summary>
    public const int IntegerPattern = 0x4B00_0000;
    /// <summary>2²³ and <see cref="Bias"/>.</summary>
    public const float BiasedInteger = 8388608f + Bias;
    /// <summary>The bits by which a pattern is moved to stand in the fraction of a number: what is left of the significand has 12 bits.</summary>
    public const int GuessBits = 12;
}
