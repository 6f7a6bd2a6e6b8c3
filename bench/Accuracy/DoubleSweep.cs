using Properties.Kernels;
using Properties.Support;

namespace Accuracy;

/// <summary>
/// Doubles against double-double: special values and their neighbours, points spaced by bit pattern, points where functions turn, and random ones;
/// the same for every function and run.
/// </summary>
internal sealed class DoubleSweep(Options options) : ISweep
{
    private const int Chunk = 1 << 12;

    public Options Options => options;

    public string Type => "double";

    public IEnumerable<string> Functions => Sweeps.OfOne;

    public Measured Measure(string function)
    {
        var run = SpanOverload<double>.All.Single(overload => overload.Name == function).Run;
        var reference = Reference.Approximate[function];
        return Chunks.Measure(function, this, Chunk, chunk => Of(Points(chunk), run, reference), () => Of(Samples.Special<double>(), run, reference));
    }

    // By turns: any bit pattern; sizes that matter most; the neighbourhood of a special value.
    private static double[] Points(long chunk)
    {
        var random = new Random(unchecked((int)(chunk * 2654435761)));
        var points = new double[Chunk];
        double[] special = Samples.Special<double>();
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => (random.NextDouble() - 0.5) * 8,
                2 => (random.NextDouble() - 0.5) * 1500,
                _ => Beside(special[random.Next(special.Length)], random),
            };
        }

        return points;
    }

    private static double Beside(double x, Random random) =>
        double.IsFinite(x) ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + (long)Math.ScaleB(random.NextDouble() - 0.5, random.Next(1, 50))) : x;

    private Measured Of(double[] x, SpanOverload<double>.Call run, Reference reference)
    {
        var result = new double[x.Length];
        run(x, [], [], result);
        double worst = 0, sum = 0;
        int at = -1;
        ulong hash = 0;
        for (int i = 0; i < x.Length; i++)
        {
            ulong bits = double.IsNaN(result[i]) ? 0x7FF8000000000000 : BitConverter.DoubleToUInt64Bits(result[i]);
            hash += Measured.Mixed(BitConverter.DoubleToUInt64Bits(x[i]), bits);
            if (options.HashOnly)
                continue;
            double error = Ulp.Error(result[i], reference.Wide(x[i]), reference.Scale(x[i]));
            sum += double.IsFinite(error) ? error : 0;
            if (!(error <= worst))
                (worst, at) = (error, i);
        }

        return Measured.Begin("", "", 0) with
        {
            Points = x.Length,
            MaxUlp = worst,
            Worst = at < 0 ? "none" : Bits.Describe(x[at]),
            SumUlp = sum,
            Hash = hash,
        };
    }
}
