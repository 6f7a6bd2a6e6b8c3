using Grad.Functional;

namespace Properties.Programs;

/// <content>
/// Structural ops, fitted to the shapes at hand: one way for each family. An op without a way of its own is always drawn as it was
/// sampled, its operands brought to the shapes that it names; the others are now and then.
/// </content>
internal sealed partial class ProgramBuilder
{
    private static readonly Dictionary<Type, Func<ProgramBuilder, int, Choices, int>> s_families = new()
    {
        [typeof(ReshapeOp)] = (program, x, choices) => program.Reshape(x, choices),
        [typeof(PermuteOp)] = (program, x, choices) => program.Permute(x, choices),
        [typeof(Slice)] = (program, x, choices) => program.TakeSome(x, choices),
        [typeof(Unslice)] = (program, x, choices) => program.PutAmongZeros(x, choices),
        [typeof(Broadcast)] = (program, x, choices) => program.Repeat(x, choices),
        [typeof(StackOp)] = (program, x, choices) => program.Stack(x, choices),
        [typeof(ConcatenateOp)] = (program, x, choices) => program.Concatenate(x, choices),
        [typeof(SumOp)] = (program, x, choices) => program.Sum(x, choices),
        [typeof(MaxOp)] = Folding<MaxOp>(),
        [typeof(MinOp)] = Folding<MinOp>(),
        [typeof(LogSumExpOp)] = Folding<LogSumExpOp>(),
        [typeof(NormOp)] = Folding<NormOp>(),
        [typeof(SoftmaxOp)] = Along(SoftmaxOp.Samples, axis => new SoftmaxOp(axis)),
        [typeof(LogSoftmaxOp)] = Along(LogSoftmaxOp.Samples, axis => new LogSoftmaxOp(axis)),
        [typeof(CumSumOp)] = Along(CumSumOp.Samples, axis => new CumSumOp(axis)),
    };

    /// <summary>A reduction over some axes, one at least, none of them empty.</summary>
    private static Func<ProgramBuilder, int, Choices, int> Folding<TOp>() where TOp : ReductionOp, IReduction, IOpDefinition =>
        (program, x, choices) =>
        {
            var shape = program._values[x].Shape;
            var axes = Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] > 0).ToList();
            var last = axes.Count == 0 ? -1 : choices.Of(axes);
            int[] over = [.. axes.Where(axis => axis == last || choices.Below(3) == 1)];
            return last < 0 ? x : program.Move(TOp.Of(over), program.Into(x, TOp.Samples.First().Operands[0], choices));
        };

    private static Func<ProgramBuilder, int, Choices, int> Along(IEnumerable<OpSample> samples, Func<int, Op> at)
    {
        var spec = samples.First().Operands[0];
        return (program, x, choices) => program._values[x].Shape.Rank is > 0 and var rank
            ? program.Move(at(choices.Below(rank)), program.Into(x, spec, choices))
            : x;
    }

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    private int AsSampled(OpSample sample, int first, Choices choices)
    {
        var places = new int[sample.Operands.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var spec = sample.Operands[i];
            if (spec.Kind == OperandKind.Index)
            {
                places[i] = Positions(spec, choices.Next());
                continue;
            }

            var x = ToShape(i == 0 ? first : Pick(choices), spec.Shape);
            places[i] = spec.IsReal ? Into(x, spec, choices) : Compare(choices.Of(OpCatalog.Comparisons), x, Constant(0.5));
        }

        return Move(sample.Op, places);
    }

    /// <summary>Constant positions, some of them equal.</summary>
    private int Positions(OperandSpec spec, int seed)
    {
        var random = new Scramble(seed);
        var values = new double[spec.Shape.ElementCount];
        foreach (ref var value in values.AsSpan())
        {
            value = random.Below((int)spec.High);
        }

        var constant = NDArray.Create<double>(values, spec.Shape);
        var info = new Info(spec.Shape, Interval.Of(values), Positions: constant.Cast<int>());
        return Add(new Step(CastOp<int>.Instance, [Add(new Step(null, [], constant), info)]), info);
    }

    private int Reshape(int x, Choices choices)
    {
        var rest = _values[x].Shape.ElementCount;
        var extents = new List<int>();
        for (var i = choices.Below(4); i > 0; i--)
        {
            var divisors = rest == 0 ? [0, 1, 2, 3] : Enumerable.Range(1, rest).Where(divisor => rest % divisor == 0).ToList();
            var extent = choices.Of(divisors);
            extents.Add(extent);
            rest = rest == 0 ? 0 : rest / extent;
        }

        if (rest != 1)
        {
            extents.Insert(choices.Below(extents.Count + 1), rest);
        }

        return Move(new ReshapeOp(Shape.Create([.. extents])), x);
    }

    private int Permute(int x, Choices choices)
    {
        var axes = Axes.All(_values[x].Shape.Rank);
        for (var i = axes.Length - 1; i > 0; i--)
        {
            var other = choices.Below(i + 1);
            (axes[i], axes[other]) = (axes[other], axes[i]);
        }

        return Move(new PermuteOp(axes), x);
    }

    private int TakeSome(int x, Choices choices)
    {
        var shape = _values[x].Shape;
        var (starts, steps, counts) = (new int[shape.Rank], Ones(shape.Rank), new int[shape.Rank]);
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var stride = 1 + choices.Below(2);
            var most = shape[axis] == 0 ? 0 : ((shape[axis] - 1) / stride) + 1;
            counts[axis] = choices.OneIn(40) ? 0 : most - choices.Below(Math.Max(most, 1));
            var reach = Math.Max(counts[axis] - 1, 0) * stride;
            var offset = choices.Below(Math.Max(shape[axis] - reach, 1));
            (starts[axis], steps[axis]) = choices.Below(2) == 0 ? (offset, stride) : (offset + reach, -stride);
        }

        return Move(new Slice(starts, steps, counts), x);
    }

    private int PutAmongZeros(int x, Choices choices)
    {
        var shape = _values[x].Shape;
        var (starts, steps, extents) = (new int[shape.Rank], Ones(shape.Rank), new int[shape.Rank]);
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var stride = 1 + choices.Below(2);
            var reach = Math.Max(shape[axis] - 1, 0) * stride;
            var offset = choices.Below(2);
            extents[axis] = offset + reach + 1 + choices.Below(2);
            (starts[axis], steps[axis]) = choices.Below(2) == 0 ? (offset, stride) : (offset + reach, -stride);
        }

        return Move(new Unslice(starts, steps, shape.AsSpan().ToArray(), Shape.Create(extents)), x);
    }

    private int Repeat(int x, Choices choices)
    {
        var extents = _values[x].Shape.AsSpan().ToArray().Select(extent => (Extent: extent, IsNew: false)).ToList();
        for (var i = choices.Below(2); i >= 0; i--)
        {
            extents.Insert(choices.Below(extents.Count + 1), (choices.OneIn(20) ? 0 : 1 + choices.Below(3), true));
        }

        var axes = Enumerable.Range(0, extents.Count).Where(axis => extents[axis].IsNew).ToArray();
        return Move(new Broadcast(Shape.Create([.. extents.Select(axis => axis.Extent)]), axes), x);
    }

    private int Stack(int x, Choices choices)
    {
        var shape = _values[x].Shape;
        var places = new List<int> { x };
        for (var i = choices.Below(3); i > 0; i--)
        {
            places.Insert(choices.Below(places.Count + 1), ToShape(Pick(choices), shape));
        }

        return Move(new StackOp(choices.Below(shape.Rank + 1)), [.. places]);
    }

    private int Concatenate(int x, Choices choices)
    {
        var shape = _values[x].Shape;
        if (shape.Rank == 0)
        {
            return x;
        }

        var axis = choices.Below(shape.Rank);
        var places = new List<int> { x };
        for (var i = choices.Below(3); i > 0; i--)
        {
            var extents = shape.AsSpan().ToArray();
            extents[axis] = choices.Below(3);
            places.Insert(choices.Below(places.Count + 1), ToShape(Pick(choices), Shape.Create(extents)));
        }

        return places.Count == 1 ? x : Move(new ConcatenateOp(axis), [.. places]);
    }

    private int Sum(int x, Choices choices)
    {
        var axes = Enumerable.Range(0, _values[x].Shape.Rank).Where(_ => choices.Below(3) == 0).ToList();
        return SumOver(x, axes, isMean: choices.Below(2) == 1);
    }

    private int SumOver(int x, IEnumerable<int> axes, bool isMean)
    {
        var over = axes.ToArray();
        var count = over.Aggregate(1, (product, axis) => product * _values[x].Shape[axis]);
        var sum = Move(new SumOp(over), x);
        return isMean && count > 1 ? Apply(s_divide, sum, Constant(count)) : sum;
    }

    /// <summary>A value brought to a shape: some of its elements, or all of them among zeros.</summary>
    private int ToShape(int place, Shape shape)
    {
        if (_values[place].Shape == shape)
        {
            return place;
        }

        var (have, want) = (_values[place].Shape.ElementCount, shape.ElementCount);
        if (have != want)
        {
            place = _values[place].Shape.Rank == 1 ? place : Move(new ReshapeOp([have]), place);
            place = Move(have > want ? new Slice([0], [1], [want]) : new Unslice([0], [1], [have], [want]), place);
        }

        return _values[place].Shape == shape ? place : Move(new ReshapeOp(shape), place);
    }
}
