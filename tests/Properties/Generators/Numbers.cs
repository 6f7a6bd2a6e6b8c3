using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Properties.Support;

namespace Properties.Generators;

/// <summary>Numbers worth trying: raw bits, every order of magnitude, the edges of a domain, special values.</summary>
public static class Numbers
{
    private static readonly double[] s_small =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 10, -10, 0.25, -0.75, 1e-8, -1e-8,
        Math.PI / 2, -Math.PI / 2, Math.PI, -Math.PI, Math.E, Math.Log(2), 1 + 1e-7, 1 - 1e-7,
        // Tiny even for a float, subnormal for a float, and the smallest that a float has.
        1e-30, -1e-30, 1e-40, -1e-40, 1.401298464324817e-45, -1.401298464324817e-45,
    ];

    /// <summary>Any number: raw bits (NaN, infinities, subnormals), log-uniform, special values and their neighbours.</summary>
    public static Gen<T> Any<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Gen.Frequency(
            (3, Uniform.Select(u => Bits.To<T>(typeof(T) == typeof(float) ? (ulong)(u * uint.MaxValue) : (ulong)(u * ulong.MaxValue)))),
            (3, LogUniform(1e-20, 1e20).Select(T.CreateSaturating)),
            (2, Gen.Elements(Samples.Special<T>())),
            (1, Gen.Elements(T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.Epsilon, -T.Epsilon)));

    /// <summary>
    /// A number of T strictly between two bounds: uniform, of any order of magnitude, near a bound, or special. What is special is rare, so
    /// that laws which do not hold there keep nearly all of their points.
    /// </summary>
    public static Gen<double> Inside<T>(double low, double high)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] special = [.. s_small.Where(x => low < x && x < high)];
        double size = Math.Min(Math.Max(Math.Abs(low), Math.Abs(high)), 1e300);
        var inside = Gen.Frequency(
            (50, Uniform.Select(u => low + (high - low) * u)),
            (25, LogUniform(size * 1e-7, size)),
            (8, from exponent in Uniform
                from upper in Gen.Elements(false, true)
                    // As near to an edge as digits allow: to zero much nearer than to another number.
                let reach = (upper ? high : low) == 0 ? 16 : 9
                let distance = (high - low) * Math.Pow(10, -reach * exponent) / 2
                select upper ? high - distance : low + distance),
            (special.Length > 0 ? 5 : 0, special.Length > 0 ? Gen.Elements(special) : Gen.Constant(0.0)));
        return inside.Select(x => double.CreateChecked(T.CreateSaturating(x))).Where(x => low < x && x < high);
    }

    /// <summary>Whether rules tend to get a number wrong: a zero, a subnormal, a small whole number, a landmark.</summary>
    public static bool IsSpecial(double x) => !double.IsFinite(x) || Math.Abs(x) < 1.1754943508222875e-38 || Array.IndexOf(s_small, x) >= 0;

    /// <summary>Simpler numbers between two bounds: special ones, whole ones, fewer digits.</summary>
    public static IEnumerable<double> Shrink(double x, double low, double high)
    {
        double[] simpler = [1, 2, 0.5, -1, Math.Truncate(x), Math.Round(x, 1), Math.Round(x, 3)];
        return simpler.Where(y => low < y && y < high && Simplicity(y) < Simplicity(x)).Distinct();
    }

    /// <summary>Uniform on [0, 1).</summary>
    private static Gen<double> Uniform { get; } =
        from high in Gen.Choose(0, (1 << 26) - 1)
        from low in Gen.Choose(0, (1 << 27) - 1)
        select ((long)high * (1 << 27) + low) / 9007199254740992.0;

    private static Gen<double> LogUniform(double low, double high) =>
        from u in Uniform
        from negative in Gen.Elements(false, true)
        let magnitude = Math.Exp(Math.Log(low) + (Math.Log(high) - Math.Log(low)) * u)
        select negative ? -magnitude : magnitude;

    // The number of characters, which only the printed form of a simpler number has fewer of.
    private static int Simplicity(double x) => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Length + (x == 1 ? 0 : 1);
}
