using Grad.Functional;

namespace Properties.Programs;

/// <summary>What became of a wrong rule planted in a program.</summary>
internal enum Mutant
{
    /// <summary>No op of the program has a share in the derivative.</summary>
    Impossible,
    Detected,
    Missed,
}

/// <summary>
/// Plants a rule that is wrong by one part in a thousand, and looks whether the differences show it. The op is drawn among those that
/// have an influence: its share in the derivative, the product of its cotangent and its tangent by the right rules. An op without one (a
/// branch not taken, a slope of zero or deep in a tail, weights that add up to one under a plain sum) has no rule that the derivative of
/// this program could show.
/// </summary>
internal static class ProgramMutants
{
    // A thousandth of it is then a hundred-millionth of the derivative, which is about the error of differences at their worst.
    private const double LeastShare = 1e-5;

    public static (Mutant Reverse, Mutant Forward) Try(ProgramCheck check)
    {
        if (Influential(check) is not { } place)
        {
            return (Mutant.Impossible, Mutant.Impossible);
        }

        var wrong = new Directional(check.Program.With(place, ScaledOp.Of), check.Direction, modes: 0);
        var isReverseSeen = check.Partials.Zip(wrong.Gradient(1, check.At)).Any(pair => pair.First.Miss(pair.Second) > 1);
        var isForwardSeen = check.Slope.Miss(wrong.Forward(1, check.Program.Arrays(check.At)).ToScalar()) > 1;
        return (isReverseSeen ? Mutant.Detected : Mutant.Missed, isForwardSeen ? Mutant.Detected : Mutant.Missed);
    }

    private static int? Influential(ProgramCheck check)
    {
        var inputs = Array.ConvertAll<NDArray<double>, Node>(check.Program.Arrays(check.At), Ad.Variable);
        var values = check.Program.Run(inputs);
        var places = check.Program.DifferentiablePlaces.Where(place => values[place].IsTraced).ToArray();
        var nodes = Array.ConvertAll(places, place => values[place]);
        var seeds = Array.ConvertAll(check.Program.Arrays(check.Direction), direction => new Masked(direction));
        var cotangents = Reverse.Run([values[^1]], [new Masked(values[^1].Constant(1))], nodes);
        var tangents = Forward.Run(nodes, inputs, seeds);
        var shares = places.Select((_, i) => Math.Abs(Share(cotangents[i], tangents[i]))).ToArray();
        var derivative = shares.DefaultIfEmpty().Last();
        var influential = places.Where((_, i) => shares[i] > LeastShare * derivative).ToArray();
        return influential.Length == 0 ? null : influential[new Scramble(check.Seed).Below(influential.Length)];
    }

    /// <summary>What an op contributes to the derivative along the direction; of the last op, that is the derivative itself.</summary>
    private static double Share(in Masked cotangent, in Masked tangent)
    {
        if (cotangent.IsZero || tangent.IsZero)
        {
            return 0;
        }

        var (back, forth) = (((NDArray<double>)Pending.Clean(cotangent)!).ToArray(), ((NDArray<double>)Pending.Clean(tangent)!).ToArray());
        return back.Zip(forth, (cotangent, tangent) => cotangent * tangent).Sum();
    }
}

/// <summary>An op whose rules give one part in a thousand too much; its value is right.</summary>
internal class ScaledOp : Op
{
    private const double Scale = 1.001;
    private readonly Op _op;

    private ScaledOp(Op op) => _op = op;

    public override string Name => _op.Name;

    public override string Attributes => _op.Attributes;

    public override bool ReadsBroadcastSources => _op.ReadsBroadcastSources;

    public override bool IsDifferentiable => _op.IsDifferentiable;

    public static Op Of(Op op) => op is IRepeatsOperand repeats ? new Repeating(op, repeats) : new ScaledOp(op);

    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var node = _op.Apply(operands);
        return node.Op == _op ? Make(node) : node;
    }

    public override bool IsView => _op.IsView;

    public override OpLayout? Layout(Node node) => _op.Layout(node);

    public override void Evaluate(in Evaluation e) => _op.Evaluate(e);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        _op.Reverse(node, cotangent, needed, contributions);
        foreach (ref var contribution in contributions)
        {
            contribution = Wrong(contribution);
        }
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Wrong(_op.Forward(node, tangents));

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        _op.Batch(node, operands, batched, size);

    /// <summary>The node that the right op recorded, under this op.</summary>
    protected virtual Node Make(Node node) => node.Make(this, node.Shape, [.. Enumerable.Range(0, node.OperandCount).Select(node.Operand)]);

    private static Masked Wrong(in Masked right) =>
        right.IsZero ? right : right.WithLinear(Binary<MultiplyOp>.Default.Apply(right.Value!, right.Value!.Constant(Scale)));

    /// <summary>The same of an op whose result its readers see through.</summary>
    private sealed class Repeating(Op op, IRepeatsOperand repeats) : ScaledOp(op), IRepeatsOperand
    {
        public ReadOnlySpan<int> RepeatedAxes => repeats.RepeatedAxes;

        protected override Node Make(Node node) => node.MakeLazy(this, node.Shape, node.Operand(0));
    }
}
