using System.Numerics;
using Grad.Simd;
using Properties.Kernels;
using Properties.Support;

namespace Accuracy;

/// <summary>
/// Pairs of numbers for the functions of two: special values each with each, and random pairs; the same for every function and run. Doubles against
/// double-double, floats against double.
/// </summary>
internal sealed class PairSweep<T>(Options options, Func<string, Func<T, T, T, double>> error) : ISweep
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Chunk = 1 << 12;

    public Options Options => options;

    public string Type => typeof(T) == typeof(float) ? "float" : "double";

    public IEnumerable<string> Functions => Reference.ApproximateOfTwo.Keys.Order(StringComparer.Ordinal);

    public Measured Measure(string function)
    {
        var run = SpanOverload<T>.All.Single(overload => overload.Name == function && overload.Scalar < 0).Run;
        var errors = error(function);
        return Chunks.Measure(
            function, this, Chunk, chunk => Of([.. Pairs.Drawn<T>(Chunk, (int)chunk)], run, errors), () => Of([.. Pairs.Special<T>()], run, errors));
    }

    private Measured Of((T X, T Y)[] pairs, SpanOverload<T>.Call run, Func<T, T, T, double> errors)
    {
        T[] x = [.. pairs.Select(pair => pair.X)], y = [.. pairs.Select(pair => pair.Y)], result = new T[pairs.Length];
        run(x, y, [], result);
        var found = Measured.Begin("", "", 0);
        int at = -1;
        for (int i = 0; i < pairs.Length; i++)
        {
            double ulps = options.HashOnly ? 0 : errors(x[i], y[i], result[i]);
            found = found with
            {
                Points = i + 1,
                SumUlp = found.SumUlp + (double.IsFinite(ulps) ? ulps : 0),
                Hash = found.Hash + Measured.Mixed(Bits.Of(x[i]) ^ ulong.RotateLeft(Bits.Of(y[i]), 21), Bits.Of(T.IsNaN(result[i]) ? T.NaN : result[i])),
            };
            if (!(ulps <= found.MaxUlp))
                (found, at) = (found with { MaxUlp = ulps }, i);
        }

        return found with { Worst = at < 0 ? "none" : $"{Bits.Describe(x[at])}, {Bits.Describe(y[at])}" };
    }
}
