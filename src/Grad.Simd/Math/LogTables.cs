namespace Grad.Simd;

// The tables of logarithms by eighths of the mantissa: for each a c near the reciprocal of a number of it, 1 for the first and ½ for the last, so that numbers
// near 1 are left as they are, and −log c. Written by bench/Accuracy/Fits/logarithms.py.

/// <summary>c of five places, so that c·m − 1 has no more digits than m.</summary>
internal readonly struct LogReciprocals : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        1, 0.84375, 0.75, 0.6875,
        0.625, 0.59375, 0.5625, 0.5,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        1, 0.84375f, 0.75f, 0.6875f, 0.625f, 0.59375f, 0.5625f, 0.5f,
        1, 0.84375f, 0.75f, 0.6875f, 0.625f, 0.59375f, 0.5625f, 0.5f,
    ];
}

/// <summary>−ln c to 42 (17) places.</summary>
internal readonly struct LogHighs : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.16989903679541385, 0.28768207245184385, 0.3746934494413381,
        0.4700036292456389, 0.521296923633372, 0.5753641449034603, 0.6931471805598903,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.16989899f, 0.28768158f, 0.37469482f, 0.47000122f, 0.52129364f, 0.57536316f, 0.69314575f,
        0, 0.16989899f, 0.28768158f, 0.37469482f, 0.47000122f, 0.52129364f, 0.57536316f, 0.69314575f,
    ];
}

/// <summary>What <see cref="LogHighs"/> leave of −ln c.</summary>
internal readonly struct LogLows : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, -1.6376276414097503e-14, -6.292357389008195e-14, 7.260466149925637e-14,
        9.667719603235566e-14, -8.590204918402764e-14, 1.0152652766306816e-13, 5.497923018708371e-14,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 4.997899e-8f, 4.9286194e-7f, -1.3747773e-6f, 2.4085425e-6f, 3.2834967e-6f, 9.857239e-7f, 1.4286068e-6f,
        0, 4.997899e-8f, 4.9286194e-7f, -1.3747773e-6f, 2.4085425e-6f, 3.2834967e-6f, 9.857239e-7f, 1.4286068e-6f,
    ];
}

/// <summary>Half of a c of few bits.</summary>
internal readonly struct Log10Reciprocals : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0.5, 0.421875, 0.375, 0.34375,
        0.3125, 0.296875, 0.28125, 0.25,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0.5f, 0.421875f, 0.375f, 0.34375f, 0.3125f, 0.296875f, 0.28125f, 0.25f,
        0.5f, 0.421875f, 0.375f, 0.34375f, 0.3125f, 0.296875f, 0.28125f, 0.25f,
    ];
}

/// <summary>−log₁₀ c to 43 (17) places.</summary>
internal readonly struct Log10Highs : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 0.07378621416091846, 0.12493873660832833, 0.16272729749766768,
        0.20411998265592501, 0.22639637736710938, 0.24987747321665665, 0.30102999566395283,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 0.073783875f, 0.124938965f, 0.16272736f, 0.20411682f, 0.22639465f, 0.24987793f, 0.3010254f,
        0, 0.073783875f, 0.124938965f, 0.16272736f, 0.20411682f, 0.22639465f, 0.24987793f, 0.3010254f,
    ];
}

/// <summary>What <see cref="Log10Highs"/> leave of −log₁₀ c.</summary>
internal readonly struct Log10Lows : IEighths
{
    public static ReadOnlySpan<double> Doubles =>
    [
        0, 2.023262471821997e-16, -2.8373705641129622e-14, 3.206228782072406e-14,
        -2.33259517436172e-16, -3.236589724961214e-14, -5.6747411282259244e-14, 2.8363394551044964e-14,
    ];

    public static ReadOnlySpan<float> Floats =>
    [
        0, 2.3396492e-6f, -2.2823545e-7f, -5.845933e-8f, 3.1613667e-6f, 1.7240468e-6f, -4.564709e-7f, 4.605039e-6f,
        0, 2.3396492e-6f, -2.2823545e-7f, -5.845933e-8f, 3.1613667e-6f, 1.7240468e-6f, -4.564709e-7f, 4.605039e-6f,
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
