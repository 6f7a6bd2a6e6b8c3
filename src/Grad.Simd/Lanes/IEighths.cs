namespace Grad.Simd;

/// <summary>A table of eight constants, one for each eighth of the mantissa or of half a circle, or each piece of a range, or of several rows of eight.</summary>
public interface IEighths
{
    /// <summary>The eight of every row, as doubles.</summary>
    static abstract ReadOnlySpan<double> Doubles { get; }
    /// <summary>The eight of every row, as floats, twice over.</summary>
    static abstract ReadOnlySpan<float> Floats { get; }
}
