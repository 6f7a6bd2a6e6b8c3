using Grad.Functional;

namespace Properties.Programs;

/// <content>Operands of elementwise ops: shapes that broadcast, ranges within the op's domain, masks.</content>
internal sealed partial class ProgramBuilder
{
    // What scale, shift and rounding may leave outside: little beside the distance of a target from the ends of a domain.
    private const double Slack = 1e-3;

    private static readonly OpSample s_where = WhereOp.Samples.First();

    private int Elementwise(OpSample sample, int first, Choices choices)
    {
        var places = new int[sample.Operands.Length];
        var numbers = Enumerable.Range(0, places.Length).Where(i => sample.Operands[i].IsReal).ToArray();
        var isFirst = choices.Below(numbers.Length);
        places[numbers[isFirst]] = first;
        var shape = _values[first].Shape;
        foreach (var i in numbers.Where((_, i) => i != isFirst).Concat(Enumerable.Range(0, places.Length).Except(numbers)))
        {
            places[i] = sample.Operands[i].IsReal ? Compatible(shape, choices) : Mask(shape, choices);
            shape = Axes.Broadcast(sample.Op.Name, shape, _values[places[i]].Shape);
        }

        if (Interval.IsSafe(sample, Ranges(places)))
        {
            return Apply(sample, places);
        }

        var guarded = choices.OneIn(4) ? numbers.First(i => !IsInside(places[i], sample.Operands[i]) || i == numbers[^1]) : -1;
        foreach (var i in numbers.Where(i => i != guarded))
        {
            places[i] = Into(places[i], sample.Operands[i], choices);
        }

        return guarded < 0 ? Apply(sample, places) : Guarded(sample, places, guarded, choices);
    }

    /// <summary>
    /// The op on an operand that leaves its domain, and a choice that takes the result only where it does not: NaN or infinity may
    /// stand in the branch not taken, and no derivative may see it.
    /// </summary>
    private int Guarded(OpSample sample, int[] places, int guarded, Choices choices)
    {
        var (x, target) = (places[guarded], Target(sample.Operands[guarded]));
        var mask = Compare(Compare<LessThanOp>.Default, Constant(target.Low), x);
        if (_values[x].Range.High > target.High)
        {
            mask = Connect(MaskBinary<AndOp>.Default, mask, Compare(Compare<LessThanOp>.Default, x, Constant(target.High)));
        }

        var ranges = Ranges(places);
        ranges[guarded] = target;
        var taken = Apply(sample, Interval.Try(sample, ranges).Range, places);
        var other = Compatible(_values[taken].Shape, choices);
        return choices.Below(2) == 0 ? Apply(s_where, mask, taken, other) : Apply(s_where, Not(mask), other, taken);
    }

    /// <summary>The part of an op's domain that operands are fitted to: away from its ends, of moderate size.</summary>
    private static Interval Target(OperandSpec spec)
    {
        var margin = Math.Min(0.25, (spec.High - spec.Low) / 8);
        var (low, high) = (spec.Low + margin, spec.High - margin);
        return low < 3 && high > -3 ? new Interval(Math.Max(low, -4), Math.Min(high, 4)) : new Interval(low, high);
    }

    private bool IsInside(int place, OperandSpec spec)
    {
        var (range, target) = (_values[place].Range, Target(spec));
        return range.Low >= target.Low - Slack && range.High <= target.High + Slack;
    }

    /// <summary>A value brought into an op's domain: by a smooth op that keeps it in bounds, perhaps, then a scale and a shift.</summary>
    private int Into(int place, OperandSpec spec, Choices choices)
    {
        if (IsInside(place, spec))
        {
            return place;
        }

        if (choices.Below(2) == 1 && choices.Of(OpCatalog.Smooth) is var smooth && Interval.IsSafe(smooth, Ranges([place])))
        {
            place = Apply(smooth, place);
        }

        var (range, target) = (_values[place].Range, Target(spec));
        var scale = (float)Math.Min(1, (target.High - target.Low) / Math.Max(range.High - range.Low, 1e-30));
        place = scale == 1 ? place : Apply(s_multiply, place, Constant(scale));
        range = _values[place].Range;
        var shift = (float)((target.Low + target.High - range.Low - range.High) / 2);
        return IsInside(place, spec) ? place : Apply(s_add, place, Constant(shift));
    }

    /// <summary>A value whose shape broadcasts with the given one.</summary>
    private int Compatible(Shape shape, Choices choices)
    {
        var kind = choices.Below(4);
        if (kind <= 1 && _slots.Where(place => Fits(_values[place].Shape, shape)).ToList() is { Count: > 0 } candidates)
        {
            return candidates[^(1 + choices.Below(candidates.Count))];
        }

        return kind == 2
            ? ToShape(Pick(choices), Variation(shape, choices))
            : Constant(Variation(shape, choices), choices.Next(), new Interval(-2, 2));
    }

    private static bool Fits(Shape x, Shape y)
    {
        for (var i = 1; i <= Math.Min(x.Rank, y.Rank); i++)
        {
            if (x[^i] != y[^i] && x[^i] != 1 && y[^i] != 1)
            {
                return false;
            }
        }

        return Axes.Broadcast("A random op", x, y).ElementCount <= MaxElements;
    }

    /// <summary>A shape that broadcasts with the given one.</summary>
    private static Shape Variation(Shape shape, Choices choices) => choices.Below(5) switch
    {
        1 => shape,
        2 => Shape.Create([.. shape.AsSpan().ToArray().Select(extent => choices.Below(2) == 0 ? 1 : extent)]),
        3 => Shape.Create(shape.AsSpan()[choices.Below(shape.Rank + 1)..]),
        4 when shape.Rank < 4 && shape.ElementCount <= MaxElements / 2 => Axes.Prepend(2, shape),
        _ => default,
    };

    private int Mask(Shape shape, Choices choices)
    {
        switch (choices.Below(6))
        {
            case 2:
                return Not(Mask(shape, choices));
            case 3 or 4:
                var mask = Mask(shape, choices);
                var other = Mask(Axes.Broadcast("A random op", shape, _values[mask].Shape), choices);
                return Connect(choices.Of(OpCatalog.Connectives), mask, other);
            case 5 when _values.FindLastIndex(value => value.IsMask && Fits(value.Shape, shape)) is >= 0 and var earlier:
                return earlier;
            default:
                return Comparison(shape, choices);
        }
    }

    private int Comparison(Shape shape, Choices choices)
    {
        var op = choices.Of(OpCatalog.Comparisons);
        var x = Compatible(shape, choices);
        var y = choices.Below(2) == 0
            ? Constant(default, choices.Next(), _values[x].Range)
            : Compatible(Axes.Broadcast("A random op", shape, _values[x].Shape), choices);
        return choices.Below(2) == 0 ? Compare(op, x, y) : Compare(op, y, x);
    }

    // A mask jumps where its operands cross.
    private int Compare(Op op, int x, int y) =>
        Add(new Step(op, [x, y], Kink: operands => operands[0] - operands[1]), new Info(Broadcast(x, y), default, IsMask: true));

    private int Connect(Op op, int x, int y) => Add(new Step(op, [x, y]), new Info(Broadcast(x, y), default, IsMask: true));

    private int Not(int mask) => Add(new Step(NotOp.Instance, [mask]), _values[mask]);
}
