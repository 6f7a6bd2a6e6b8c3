namespace Grad.Simd;

/// <summary>The layout of a double, as the constants that bit manipulation needs.</summary>
internal static class Binary64
{
    /// <summary>Stored bits of the fraction.</summary>
    public const int FractionBits = 52;
    /// <summary>Index of the sign bit.</summary>
    public const int SignBit = 63;
    /// <summary>What the stored exponent exceeds the true one by.</summary>
    public const int Bias = 1023;

    /// <summary>The pattern of 1.</summary>
    public const long One = 0x3FF0_0000_0000_0000;
    /// <summary>The pattern of 3/4.</summary>
    public const long ThreeQuarters = 0x3FE8_0000_0000_0000;
    /// <summary>Half of the fraction's range.</summary>
    public const long HalfFraction = 0x0008_0000_0000_0000;
    /// <summary>All bits of the fraction.</summary>
    public const long FractionMask = 0x000F_FFFF_FFFF_FFFF;

    /// <summary>1.5·2⁵²: added to a number up to 2⁵¹, it rounds that to an integer and leaves it in the lowest bits.</summary>
    public const double RoundingShift = 6755399441055744;
    /// <summary>A quarter of <see cref="RoundingShift"/>: rounds to quarters and leaves their number in the lowest bits.</summary>
    public const double QuarterShift = RoundingShift / 4;
    /// <summary>An eighth of <see cref="RoundingShift"/>: rounds to eighths and leaves their number in the lowest bits.</summary>
    public const double EighthShift = RoundingShift / 8;
    /// <summary>By how far a number of quarters is to be moved to stand in the exponent, but for the two bits below the integers.</summary>
    public const int QuarterBits = FractionBits - 2;
    /// <summary>By how far the three highest bits of the fraction stand above the lowest.</summary>
    public const int EighthBits = FractionBits - 3;
    /// <summary>By how far a half octave's bit is moved.</summary>
    public const int HalfOctaveBits = FractionBits - 1;
    /// <summary>A quarter of a mantissa.</summary>
    public const long QuarterFraction = 0x0004_0000_0000_0000;
    /// <summary><see cref="RoundingShift"/> and <see cref="Bias"/>: leaves an exponent field in the lowest bits.</summary>
    public const double BiasedShift = RoundingShift + Bias;
    /// <summary>The pattern of 2⁵²: with an integer in its lowest bits it is the sum of both.</summary>
    public const long IntegerPattern = 0x4330_0000_0000_0000;
    /// <summary>2⁵² and <see cref="Bias"/>.</summary>
    public const double BiasedInteger = 4503599627370496.0 + Bias;
    /// <summary>The bits by which a pattern is moved to stand in the fraction of a number: what is left of the significand has 26 bits.</summary>
    public const int GuessBits = 27;
}
