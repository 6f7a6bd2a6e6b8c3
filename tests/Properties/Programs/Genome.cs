using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// What FsCheck draws and shrinks: numbers that any reading turns into a valid program. Each choice of the builder takes the next
/// number of its gene modulo the options at hand, so that an op less, a smaller shape or a zero still reads as a program, in which
/// the structural ops have adapted themselves.
/// </summary>
/// <param name="Inputs">Shapes and values of the inputs.</param>
/// <param name="Genes">An op each.</param>
/// <param name="Closing">How what nobody uses is reduced to one number.</param>
/// <param name="Digits">The decimals that input values keep.</param>
internal sealed record Genome(InputGene[] Inputs, Gene[] Genes, Gene Closing, int Digits)
{
    /// <summary>Decides what is tried on the program; it stays when the program shrinks.</summary>
    public int Seed => Closing.Op;

    /// <summary>The code of the program, and what is wrong with it: FsCheck prints this of the smallest failing one.</summary>
    public override string ToString()
    {
        var (program, at) = ProgramBuilder.Build(this);
        var faults = ProgramCheck.Of(program, at, Seed).Faults;
        return Environment.NewLine + ProgramPrinter.Print(program, at) + string.Join(Environment.NewLine, faults);
    }
}

/// <summary>An input: its shape, where its values lie, and the seed that they come from.</summary>
internal sealed record InputGene(int[] Extents, int Domain, int Seed)
{
    private static readonly Interval[] s_domains = [new(-2, 2), new(0.5, 3), new(-6, 6)];

    // A multiple of 2⁻⁴⁰, so that steps of a power of two lead to numbers that are exact.
    private const double Grain = 1.0 / (1L << 40);

    public Shape Shape => Shape.Create(Extents);

    public Interval Range => s_domains[Domain % s_domains.Length];

    public double[] Values(int digits)
    {
        var (random, range) = (new Scramble(Seed), Range);
        var values = new double[Shape.ElementCount];
        foreach (ref var value in values.AsSpan())
        {
            value = Math.Round(Math.Round(random.Between(range.Low, range.High), digits) / Grain) * Grain;
        }

        return values;
    }
}

/// <summary>The choices that make one op of a program; a dropped one stands for its first operand.</summary>
internal sealed record Gene(int Op, int[] Choices, bool IsDropped = false);

/// <summary>Takes the numbers of a gene one by one; when they run out, zeros.</summary>
internal sealed class Choices(int[] numbers)
{
    private int _taken;

    /// <summary>The next number, below <paramref name="count"/>.</summary>
    public int Below(int count) => Next() % count;

    /// <summary>Whether the rare one of <paramref name="count"/> cases is at hand; not for a zero.</summary>
    public bool OneIn(int count) => Below(count) == count - 1;

    /// <summary>One of the items; the first for a zero.</summary>
    public TItem Of<TItem>(IReadOnlyList<TItem> items) => items[Below(items.Count)];

    /// <summary>The next number, as a seed.</summary>
    public int Next() => _taken < numbers.Length ? numbers[_taken++] : 0;
}

/// <summary>A small generator of numbers (splitmix64), the same everywhere and cheap to start.</summary>
internal struct Scramble(int seed)
{
    private ulong _state = (ulong)seed;

    public double Between(double low, double high) => low + ((high - low) * ((Next() >> 11) * (1.0 / (1L << 53))));

    public int Below(int count) => (int)(Next() % (ulong)count);

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
