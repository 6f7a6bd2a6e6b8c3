namespace Grad.Simd;

// The tables of circular functions by eighths of half a circle.

/// <summary>Sines of n·π/8, rounded.</summary>
internal readonly struct EighthSines : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.38268343236508978, 0.70710678118654757, 0.92387953251128674,
        1, 0.92387953251128674, 0.70710678118654757, 0.38268343236508978,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.38268343f, 0.70710678f, 0.92387953f, 1, 0.92387953f, 0.70710678f, 0.38268343f,
        0, 0.38268343f, 0.70710678f, 0.92387953f, 1, 0.92387953f, 0.70710678f, 0.38268343f,
    ];
}

/// <summary>Cosines of n·π/8, rounded, zero for n = 4.</summary>
internal readonly struct EighthCosines : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        1, 0.92387953251128674, 0.70710678118654757, 0.38268343236508978,
        0, -0.38268343236508978, -0.70710678118654757, -0.92387953251128674,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        1, 0.92387953f, 0.70710678f, 0.38268343f, 0, -0.38268343f, -0.70710678f, -0.92387953f,
        1, 0.92387953f, 0.70710678f, 0.38268343f, 0, -0.38268343f, -0.70710678f, -0.92387953f,
    ];
}

/// <summary>What takes n·π/8 to the θ of <see cref="TanFunction"/>: added to what is left of the argument.</summary>
internal readonly struct TanOffsets : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.0546875, 0, -0.0234375,
        0, 0.0234375, 0, -0.0546875,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.0546875f, 0, -0.0234375f, 0, 0.0234375f, 0, -0.0546875f,
        0, 0.0546875f, 0, -0.0234375f, 0, 0.0234375f, 0, -0.0546875f,
    ];
}

/// <summary>The a with tan θ = a/b.</summary>
internal readonly struct TanNumerators : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.6510285099958089, 1.875, 1.5701928586454228,
        1, 1.5701928586454228, 1.875, 0.6510285099958089,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.65167135f, 1.875f, 1.5705947f, 1, 1.5705947f, 1.875f, 0.65167135f,
        0, 0.65167135f, 1.875f, 1.5705947f, 1, 1.5705947f, 1.875f, 0.65167135f,
    ];
}

/// <summary>The b with tan θ = a/b.</summary>
internal readonly struct TanDenominators : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        1, 1.8521372754329373, 1.875, 0.6076864625804586,
        0, -0.6076864625804586, -1.875, -1.8521372754329373,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        1, 1.8539661f, 1.875f, 0.60784197f, 0, -0.60784197f, -1.875f, -1.8539661f,
        1, 1.8539661f, 1.875f, 0.60784197f, 0, -0.60784197f, -1.875f, -1.8539661f,
    ];
}
