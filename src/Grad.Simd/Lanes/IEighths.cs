namespace Grad.Simd;

/// <summary>A table of eight constants, one for each eighth: of the mantissa, or of half a circle.</summary>
public interface IEighths
{
    /// <summary>The eight, as doubles.</summary>
    static abstract ReadOnlySpan<double> Doubles { get; }
    /// <summary>The eight, as floats, twice over.</summary>
    static abstract ReadOnlySpan<float> Floats { get; }
}
