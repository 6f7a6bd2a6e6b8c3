using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>The inverse of the standard normal distribution function, in sums, products, quotients and square roots:
/// within 10⁻¹⁵ of itself.</summary>
/// <remarks>Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988): PPND16.</remarks>
internal static class NormalQuantile
{
    private const double CentralHalfWidth = 0.425;
    private const double CentralHalfWidthSquared = 0.180625;

    // Coefficients by ascending power of the variable that stands beside each call.
    private static ReadOnlySpan<double> CentralNumerator =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static ReadOnlySpan<double> CentralDenominator =>
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> FarTailNumerator =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> FarTailDenominator =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>1/1, 1/3, 1/5, …: the series of the inverse hyperbolic tangent.</summary>
    private static ReadOnlySpan<double> OddReciprocals =>
        [1, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21];

    /// <summary>The number below which a standard normal one lies with <paramref name="probability"/>, from 2⁻⁵³ to 1 − 2⁻⁵³.</summary>
    public static double Of(double probability)
    {
        var fromMedian = probability - 0.5;
        if (Math.Abs(fromMedian) <= CentralHalfWidth)
        {
            var r = CentralHalfWidthSquared - (fromMedian * fromMedian);
            return fromMedian * Septic(CentralNumerator, r) / Septic(CentralDenominator, r);
        }

        var depth = Math.Sqrt(-Log(fromMedian < 0 ? probability : 1 - probability));
        var distance = depth <= 5
            ? Septic(TailNumerator, depth - 1.6) / Septic(TailDenominator, depth - 1.6)
            : Septic(FarTailNumerator, depth - 5) / Septic(FarTailDenominator, depth - 5);
        return fromMedian < 0 ? -distance : distance;
    }

    /// <summary>
    /// The natural logarithm of a normal number well below 1. That of <see cref="Math"/> differs in the last bit between platforms.
    /// </summary>
    private static double Log(double x)
    {
        // x = 2ⁿ·m with m within √½ and √2, and log m = 2·artanh((m − 1)/(m + 1)), where the argument is below 0.172.
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            (mantissa, exponent) = (mantissa * 0.5, exponent + 1);
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var series = OddReciprocals[^1];
        for (var i = OddReciprocals.Length - 2; i >= 0; i--)
        {
            series = (series * (s * s)) + OddReciprocals[i];
        }

        return (exponent * 0.69314718055994531) + (2 * s * series);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Septic(ReadOnlySpan<double> c, double x) =>
        (((((((((((((c[7] * x) + c[6]) * x) + c[5]) * x) + c[4]) * x) + c[3]) * x) + c[2]) * x) + c[1]) * x) + c[0];
}
