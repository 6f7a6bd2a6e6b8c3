using Properties.Kernels;
using Properties.Support;

namespace Accuracy;

/// <summary>
/// Floats by their bit patterns, all of them unless told otherwise. The reference is the double kernel of the same function, whose own error, a few
/// units of 2⁻⁵³, is a hundred-millionth of a float's.
/// </summary>
internal sealed class FloatSweep(Options options) : ISweep
{
    private const long All = 1L << 32;
    private const int Chunk = 1 << 16;

    // Written down so often that little is lost.
    private const int ChunksALine = 1 << 12;

    public Options Options => options;

    public string Type => "float";

    public IEnumerable<string> Functions => Sweeps.OfOne;

    public Measured Measure(string function)
    {
        var narrow = SpanOverload<float>.All.Single(overload => overload.Name == function).Run;
        var wide = SpanOverload<double>.All.Single(overload => overload.Name == function).Run;
        var reference = Reference.Approximate[function];
        var total = Measured.Known(function, Type, options.Stride, options) ?? Measured.Begin(function, Type, options.Stride);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        long step = (long)Chunk * options.Stride;
        while (total.Next < All)
        {
            long chunks = Math.Min(ChunksALine, (All - total.Next + step - 1) / step);
            var part = Measured.Begin(function, Type, options.Stride);
            var gate = new Lock();
            long first = total.Next;
            Parallel.For(0L, chunks, parallel, () => new Worker(narrow, wide, reference, options), (chunk, _, worker) => worker.Run(first + (chunk * step)), worker =>
            {
                lock (gate)
                    part = part.With(worker.Found);
            });
            total = (total.With(part) with { Next = first + (chunks * step) }).Marked(options);
            total.Append();
        }

        return total;
    }

    private sealed class Worker(SpanOverload<float>.Call narrow, SpanOverload<double>.Call wide, Reference reference, Options options)
    {
        private readonly float[] _x = new float[Chunk];
        private readonly float[] _result = new float[Chunk];
        private readonly double[] _wide = new double[Chunk];
        private readonly double[] _exact = new double[Chunk];

        public Measured Found { get; private set; } = Measured.Begin("", "", 0);

        public Worker Run(long first)
        {
            int count = (int)Math.Min(Chunk, (All - first + options.Stride - 1) / options.Stride);
            for (int i = 0; i < count; i++)
                _wide[i] = _x[i] = BitConverter.UInt32BitsToSingle((uint)(first + (i * (long)options.Stride)));
            narrow(_x.AsSpan(0, count), [], [], _result.AsSpan(0, count));
            ulong hash = 0;
            for (int i = 0; i < count; i++)
            {
                // Which NaN it is, is left open.
                uint bits = float.IsNaN(_result[i]) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(_result[i]);
                hash += Measured.Mixed(BitConverter.SingleToUInt32Bits(_x[i]), bits);
            }

            double worst = 0, sum = 0;
            int at = -1;
            if (!options.HashOnly)
            {
                wide(_wide.AsSpan(0, count), [], [], _exact.AsSpan(0, count));
                for (int i = 0; i < count; i++)
                {
                    double scale = reference.Scale(_wide[i]);
                    double error = scale == 0 ? Error(_result[i], _exact[i]) : Ulp.Error(_result[i], _exact[i], scale);
                    sum += double.IsFinite(error) ? error : 0;
                    if (!(error <= worst))
                        (worst, at) = (error, i);
                }
            }

            Found = Found.With(Measured.Begin("", "", 0) with
            {
                Points = count,
                MaxUlp = worst,
                Worst = at < 0 ? "none" : Bits.Describe(_x[at]),
                SumUlp = sum,
                Hash = hash,
            });
            return this;
        }

        // As Ulp.Error has it; the common case without its care.
        private static double Error(float actual, double exact)
        {
            float rounded = (float)exact;
            int exponent = (int)(BitConverter.SingleToUInt32Bits(rounded) >> 23) & 0xFF;
            return float.IsFinite(actual) && exponent is > 0 and < 255
                ? Math.Abs(actual - exact) * BitConverter.Int64BitsToDouble((1023L + 150 - exponent) << 52)
                : Ulp.Error(actual, exact);
        }
    }
}
