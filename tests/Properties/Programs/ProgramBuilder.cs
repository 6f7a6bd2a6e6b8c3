using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// Reads a genome as a program: a gene names an op and the builder finds operands for it among the values that are there, fits them
/// to the op's domain by composition, and fits structural ops to the shapes at hand. It knows shapes and rough ranges, no values.
/// </summary>
internal sealed partial class ProgramBuilder
{
    /// <summary>The most ops that a program has before it is reduced to one number.</summary>
    public const int MaxOps = 20;

    private const int MaxElements = 64;

    // How often an op is tried for its range with elements of any kind.
    private const int Tries = 4;

    private const int MaxRank = 5;

    private static readonly OpSample s_multiply = MultiplyOp.Samples.First();
    private static readonly OpSample s_add = AddOp.Samples.First();
    private static readonly OpSample s_divide = DivideOp.Samples.First();

    private readonly int _inputs;
    private readonly List<Info> _values = [];
    private readonly List<Step> _steps = [];

    // The values that a later gene may use: every input, and one for each gene.
    private readonly List<int> _slots = [];

    private ProgramBuilder(Genome genome)
    {
        _inputs = genome.Inputs.Length;
        foreach (var input in genome.Inputs)
        {
            _slots.Add(_values.Count);
            _values.Add(new Info(input.Shape, input.Range));
        }
    }

    private int OpCount => _steps.Count(step => step.Op is not null);

    /// <summary>The program, and the point at which it is to be differentiated.</summary>
    public static (Program Program, double[] At) Build(Genome genome)
    {
        var builder = new ProgramBuilder(genome);
        foreach (var gene in genome.Genes)
        {
            builder._slots.Add(builder.Draw(gene));
        }

        var result = builder.Close(new Choices(genome.Closing.Choices));
        var program = new Program([.. genome.Inputs.Select(input => input.Shape)], [.. builder._steps]);
        return (program.Prune(result), [.. genome.Inputs.SelectMany(input => input.Values(genome.Digits))]);
    }

    // An op that does not fit in any more is given up, with all that was made for it.
    private int Draw(Gene gene)
    {
        var choices = new Choices(gene.Choices);
        var first = Pick(choices);
        if (gene.IsDropped)
        {
            return first;
        }

        var before = _steps.Count;
        var definition = OpCatalog.Drawn[gene.Op % OpCatalog.Drawn.Count];
        var sample = choices.Of(definition.Samples);
        var result = definition.IsElementwise ? Elementwise(sample, first, choices)
            : s_families.TryGetValue(definition.Type, out var family) && !choices.OneIn(8) ? family(this, first, choices)
            : AsSampled(sample, first, choices);
        if (OpCount <= MaxOps && _values[result].Shape.ElementCount <= MaxElements && _values[result].Shape.Rank <= MaxRank)
        {
            return result;
        }

        _steps.RemoveRange(before, _steps.Count - before);
        _values.RemoveRange(_inputs + before, _values.Count - _inputs - before);
        return first;
    }

    /// <summary>
    /// What nobody uses, weighted, added up to a single number: so that every op counts, and every element in its own way.
    /// </summary>
    private int Close(Choices choices)
    {
        var ends = _slots.Where(place => place >= _inputs && !IsUsed(place)).Distinct().ToList();
        if (ends.Count == 0)
        {
            ends.Add(_slots[^1]);
        }

        // Another value, that the ends may have lost on the way: in a branch not taken, in a slope of zero.
        if (choices.Below(4) > 0)
        {
            ends.Add(_slots[^(1 + choices.Below(_slots.Count))]);
        }

        var total = -1;
        foreach (var end in ends)
        {
            var shape = _values[end].Shape;
            var seed = choices.Next();
            var weights = Constant(shape, seed, seed == 0 ? new Interval(1, 1) : new Interval(0.5, 2));
            var sum = SumOver(Apply(s_multiply, end, weights), Enumerable.Range(0, shape.Rank), isMean: choices.OneIn(4));
            total = total < 0 ? sum : Apply(s_add, total, sum);
        }

        return total;
    }

    /// <summary>An operand: often one that nobody uses yet, the latest or the earliest, else any.</summary>
    private int Pick(Choices choices)
    {
        var fresh = choices.Below(4) switch
        {
            0 or 1 => _slots.FindLastIndex(place => !IsUsed(place)),
            2 => _slots.FindIndex(place => !IsUsed(place)),
            _ => -1,
        };
        var any = choices.Below(_slots.Count);
        return fresh >= 0 ? _slots[fresh] : _slots[^(1 + any)];
    }

    private bool IsUsed(int place) => _steps.Exists(step => step.Operands.Contains(place));

    private int Add(Step step, Info info)
    {
        _steps.Add(step);
        _values.Add(info);
        return _values.Count - 1;
    }

    private int Constant(double value) => Constant(default, 0, new Interval(value, value));

    /// <summary>Numbers that float holds too, so that a program is the same function in both types.</summary>
    private int Constant(Shape shape, int seed, Interval range)
    {
        var random = new Scramble(seed);
        var values = new double[shape.ElementCount];
        foreach (ref var value in values.AsSpan())
        {
            value = range.Low == range.High ? (float)range.Low : Math.Round(64 * random.Between(range.Low, range.High)) / 64;
        }

        return Add(new Step(null, [], NDArray.Create<double>(values, shape)), new Info(shape, Interval.Of(values)));
    }

    /// <summary>An elementwise op on values whose shapes broadcast.</summary>
    private int Apply(OpSample sample, params int[] places) => Apply(sample, Interval.Try(sample, Ranges(places)).Range, places);

    private int Apply(OpSample sample, Interval range, params int[] places) =>
        Add(new Step(sample.Op, places, Kink: sample.Kink), new Info(Broadcast(places), range.Rounded(sample.MaxUlp.Float)));

    /// <summary>
    /// An op that is not elementwise. Its range is that of a few tries: with all elements of its operands at one end of their ranges, at
    /// either end, and anywhere between.
    /// </summary>
    private int Move(Op op, params int[] places)
    {
        var random = new Scramble(1);
        var low = Try(op, places, range => range.Low);
        var range = Interval.Of(low.AsSpan()).Hull(Interval.Of(Try(op, places, range => range.High).AsSpan()));
        for (var i = 0; i < Tries; i++)
        {
            var ends = Try(op, places, range => random.Below(2) == 0 ? range.Low : range.High);
            var between = Try(op, places, range => random.Between(range.Low, range.High));
            range = range.Hull(Interval.Of(ends.AsSpan())).Hull(Interval.Of(between.AsSpan()));
        }

        return Add(new Step(op, places), new Info(low.Shape, range.Rounded(OpCatalog.Ulp(op)?.Float ?? 0)));
    }

    private NDArray<double> Try(Op op, int[] places, Func<Interval, double> element)
    {
        var operands = new Node[places.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            var (shape, range, positions) = (_values[places[i]].Shape, _values[places[i]].Range, _values[places[i]].Positions);
            range = OpCatalog.Accumulates(op) ? range.Rounded(RoundingNoise.AddendUlps(shape.ElementCount)) : range;
            operands[i] = positions is null ? NDArray.Create<double>(Fill(shape, range), shape) : positions;
        }

        return (NDArray<double>)op.Apply(operands);

        double[] Fill(Shape shape, Interval range) => [.. Enumerable.Range(0, shape.ElementCount).Select(_ => element(range))];
    }

    private Interval[] Ranges(int[] places) => Array.ConvertAll(places, place => _values[place].Range);

    private Shape Broadcast(params int[] places) =>
        places.Aggregate(default(Shape), (shape, place) => Axes.Broadcast("A random op", shape, _values[place].Shape));

    private readonly record struct Info(Shape Shape, Interval Range, bool IsMask = false, NDArray<int>? Positions = null);
}
