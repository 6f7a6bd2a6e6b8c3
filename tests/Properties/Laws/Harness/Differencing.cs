namespace Properties.Laws;

/// <summary>
/// Derivatives by central differences, extrapolated to step zero (Richardson, in Ridders' tableau), each with an estimate of its own error.
/// Many at once: each place has its own argument and its own steps.
/// </summary>
internal static class Differencing
{
    /// <summary>The number of steps, each half of the one before.</summary>
    private const int Steps = 8;

    // An estimate of what extrapolation leaves is no bound: successive ones may by chance agree better than either is right.
    private const double Allowance = 4;

    /// <summary>A derivative, how wrong it may be, and the size of the function near by.</summary>
    public readonly record struct Estimate(double Derivative, double Error, double Size);

    /// <summary>The derivative of <paramref name="f"/> in each place, whose result there depends on its argument there alone.</summary>
    /// <param name="f">Arguments in, as many results out.</param>
    /// <param name="x">Where.</param>
    /// <param name="largest">The largest step of each place.</param>
    /// <param name="noise">A bound of the rounding error of f in each place.</param>
    public static Estimate[] Derivatives(Func<double[], double[]> f, double[] x, double[] largest, double[] noise)
    {
        var differences = new double[Steps][];
        var sizes = new double[x.Length];
        for (int k = 0; k < Steps; k++)
        {
            double[] up = [.. x.Select((value, i) => value + Math.ScaleB(largest[i], -k))];
            double[] down = [.. x.Select((value, i) => value - Math.ScaleB(largest[i], -k))];
            double[] above = f(up), below = f(down);
            differences[k] = [.. x.Select((_, i) => (above[i] - below[i]) / (up[i] - down[i]))];
            for (int i = 0; i < x.Length; i++)
                sizes[i] = Math.Max(sizes[i], Math.Max(Math.Abs(above[i]), Math.Abs(below[i])));
        }

        return [.. x.Select((_, i) => Extrapolate(Array.ConvertAll(differences, row => row[i]), sizes[i], largest[i], noise[i]))];
    }

    // Entry (k, m) of the tableau has lost the first m terms of the error series. An entry is as wrong as it differs from its neighbours,
    // and as the rounding of the function makes it: less than twice that of its smallest step, whose difference has two values of f, each
    // of which may err by more than f does in the middle.
    private static Estimate Extrapolate(double[] differences, double size, double largest, double noise)
    {
        var best = new Estimate(differences[^1], double.PositiveInfinity, size);
        var above = new double[Steps];
        for (int k = 0; k < Steps; k++)
        {
            var row = new double[Steps];
            row[0] = differences[k];
            double rounding = 4 * (noise + (Rounding.Unit<double>() * size)) / Math.ScaleB(largest, -k);
            for (int m = 1; m <= k; m++)
            {
                row[m] = row[m - 1] + ((row[m - 1] - above[m - 1]) / (Math.ScaleB(1, 2 * m) - 1));
                double error = Math.Max(Math.Abs(row[m] - row[m - 1]), Math.Abs(row[m] - above[m - 1]));
                if ((Allowance * error) + rounding < best.Error)
                    best = new Estimate(row[m], (Allowance * error) + rounding, size);
            }

            above = row;
        }

        return best;
    }
}
