using Grad.Simd;

namespace Properties.Support;

/// <summary>Every member of the lane algebra as a body of two numbers, by number; smooth where <see cref="IsSmooth"/>.</summary>
public static class LaneBodies
{
    /// <summary>How many there are.</summary>
    public const int Count = 65;

    /// <summary>Whether the body has a slope at every point of the open square (0.1, 2.1)².</summary>
    public static bool IsSmooth(int body) => body is < 25 or > 29;

    /// <summary>The body.</summary>
    public static V Apply<V>(int body, V x, V y) where V : struct, ILane<V> => body switch
    {
        0 => x + y,
        1 => x - y,
        2 => x * y * x,
        3 => y / x,
        4 => -x + 1.5,
        5 => x - 1.25 + 0.1 * y,
        6 => x * 3.1 - 2.0 / y,
        7 => x / 3.0 + (0.3 - y),
        8 => 0.7 + V.MultiplyAdd(x, x, y),
        9 => V.FusedMultiplyAdd(y, x, x),
        10 => V.Min(x, 3.0 + y),
        11 => V.Max(x * x, -y),
        12 => V.Abs(-x),
        13 => V.Sqrt(x),
        14 => V.Remainder(x, V.Constant(4)),
        15 => V.Select(V.And(V.LessThan(x, y + 9.0), V.Not(V.Equal(x, y))), V.Exp(x), V.Log(y)),
        16 => V.ExpM1(x),
        17 => V.Log(x),
        18 => V.LogP1(x),
        19 => V.Sin(x),
        20 => V.Cos(x),
        21 => V.Tanh(x),
        22 => V.Pow(x, 2.5),
        23 => V.Pow(x, -3),
        24 => V.Exp(x) * V.Constant(0.1),
        25 => V.Min(x, y),
        26 => V.Max(x, y),
        27 => V.Truncate(x),
        28 => V.Remainder(x, y),
        29 => V.Select(V.Or(V.LessThanOrEqual(x, y), V.Equal(x, y)), x, y),
        30 => V.Tan(0.7 * x),
        31 => V.Asin(0.45 * x),
        32 => V.Acos(-0.45 * x),
        33 => V.Atan(x),
        34 => V.Atan2(y, x),
        35 => V.Atan2(x, y - 1.1),
        36 => V.Hypot(x, y),
        37 => V.Erfc(x),
        38 => V.NormalCdf(-x),
        39 => V.OneMinusSquare(x),
        40 => V.NormalDensity(x),
        41 => V.ErfDensity(x),
        42 => V.Gelu(-x),
        43 => V.ReciprocalReal(x, y),
        44 => V.Pow(x, y),
        45 => V.Exp2(x),
        46 => V.Log2(x),
        47 => V.Log10(x),
        48 => V.Cbrt(x),
        49 => V.Sinh(x),
        50 => V.Cosh(x),
        51 => V.Asinh(x),
        52 => V.Acosh(x + 1.0),
        53 => V.Atanh(0.45 * x),
        54 => V.Erf(x),
        55 => V.ReciprocalSqrt(x),
        56 => V.LogGamma(x),
        57 => V.Digamma(x),
        58 => V.Polygamma(x, 1),
        59 => V.Polygamma(x + 1.0, 2),
        60 => V.NormalLogCdf(-x),
        61 => V.InverseMillsRatio(-x),
        62 => V.ErfInverse(0.45 * x),
        63 => V.ErfcInverse(0.9 * x),
        64 => V.NormalQuantile(0.45 * x),
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, "No such body."),
    };
}
