namespace Grad.Simd;

// The tables of logarithms by eighths of the mantissa: for each a c near the reciprocal of its centre, 1 for the first and ½ for the last, so that numbers
// near 1 are left as they are, and −log c. Written by bench/Accuracy/Fits/logarithms.py.

/// <summary>c of few bits.</summary>
internal readonly struct LogReciprocals : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        1, 0.84375, 0.765625, 0.703125,
        0.640625, 0.59375, 0.546875, 0.5,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        1, 0.84375f, 0.765625f, 0.703125f, 0.640625f, 0.59375f, 0.546875f, 0.5f,
        1, 0.84375f, 0.765625f, 0.703125f, 0.640625f, 0.59375f, 0.546875f, 0.5f,
    ];
}

/// <summary>−ln c to 42 (17) places.</summary>
internal readonly struct LogHighs : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.16989903679541385, 0.2670627852489815, 0.35222059358943625,
        0.44531101665529604, 0.521296923633372, 0.603535021870357, 0.6931471805598903,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.16989899f, 0.26705933f, 0.35221863f, 0.4453125f, 0.52129364f, 0.6035385f, 0.69314575f,
        0, 0.16989899f, 0.26705933f, 0.35221863f, 0.4453125f, 0.52129364f, 0.6035385f, 0.69314575f,
    ];
}

/// <summary>What <see cref="LogHighs"/> leave of −ln c.</summary>
internal readonly struct LogLows : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, -1.6376276414097503e-14, 6.371947269815667e-14, -8.414918193489195e-14,
        6.800902736039238e-14, -8.590204918402764e-14, -9.883674306179806e-14, 5.497923018708371e-14,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 4.997899e-8f, 3.459077e-6f, 1.9656597e-6f, -1.4833446e-6f, 3.2834967e-6f, -3.4913132e-6f, 1.4286068e-6f,
        0, 4.997899e-8f, 3.459077e-6f, 1.9656597e-6f, -1.4833446e-6f, 3.2834967e-6f, -3.4913132e-6f, 1.4286068e-6f,
    ];
}

/// <summary>Half of a c of few bits.</summary>
internal readonly struct Log10Reciprocals : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0.5, 0.421875, 0.3828125, 0.3515625,
        0.3203125, 0.296875, 0.2734375, 0.25,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0.5f, 0.421875f, 0.3828125f, 0.3515625f, 0.3203125f, 0.296875f, 0.2734375f, 0.25f,
        0.5f, 0.421875f, 0.3828125f, 0.3515625f, 0.3203125f, 0.296875f, 0.2734375f, 0.25f,
    ];
}

/// <summary>−log₁₀ c to 43 (17) places.</summary>
internal readonly struct Log10Highs : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.07378621416091846, 0.11598389395533104, 0.15296746020851515,
        0.19339611726411476, 0.22639637736710938, 0.2621119296336474, 0.30102999566395283,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.073783875f, 0.115982056f, 0.15296936f, 0.19339752f, 0.22639465f, 0.26211548f, 0.3010254f,
        0, 0.073783875f, 0.115982056f, 0.15296936f, 0.19339752f, 0.22639465f, 0.26211548f, 0.3010254f,
    ];
}

/// <summary>What <see cref="Log10Highs"/> leave of −log₁₀ c.</summary>
internal readonly struct Log10Lows : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 2.023262471821997e-16, 4.24687878338759e-14, 2.8342772370875648e-14,
        3.691266143932858e-14, -3.236589724961214e-14, -3.584228446130624e-14, 2.8363394551044964e-14,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 2.3396492e-6f, 1.8382913e-6f, -1.900143e-6f, -1.4047085e-6f, 1.7240468e-6f, -3.548882e-6f, 4.605039e-6f,
        0, 2.3396492e-6f, 1.8382913e-6f, -1.900143e-6f, -1.4047085e-6f, 1.7240468e-6f, -3.548882e-6f, 4.605039e-6f,
    ];
}

/// <summary>c such that −log₂ c has few bits.</summary>
internal readonly struct Log2Reciprocals : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        1, 0.8437500000147531, 0.7656249999497822, 0.7031250001727133,
        0.6406250001288507, 0.5937500001717839, 0.5468750000702608, 0.5,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        1, 0.8414747f, 0.7638163f, 0.7043078f, 0.64207983f, 0.59234387f, 0.5464027f, 0.5f,
        1, 0.8414747f, 0.7638163f, 0.7043078f, 0.64207983f, 0.59234387f, 0.5464027f, 0.5f,
    ];
}

/// <summary>−log₂ c.</summary>
internal readonly struct Log2Highs : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.24511249781130573, 0.38529015597941907, 0.5081469033159465,
        0.642447995091743, 0.7520724861390136, 0.8707169828696806, 1,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.24900818f, 0.3887024f, 0.50572205f, 0.6391754f, 0.75549316f, 0.8719635f, 1,
        0, 0.24900818f, 0.3887024f, 0.50572205f, 0.6391754f, 0.75549316f, 0.8719635f, 1,
    ];
}
