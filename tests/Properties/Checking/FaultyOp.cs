using Grad.Functional;

namespace Properties.Checking;

/// <summary>An op of one operand with a rule that has been spoiled: the value is right, the derivative is not.</summary>
internal sealed class FaultyOp(Op real, Fault reverse, Fault forward) : Op
{
    public override string Name => "Faulty" + real.Name;

    /// <summary>The op on an array.</summary>
    public NDArray<T> On<T>(NDArray<T> x) where T : unmanaged => (NDArray<T>)Apply([x]);

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands[0]);

    public override bool IsView => real.IsView;

    public override void Evaluate(in Evaluation e) => real.Evaluate(e);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        real.Reverse(node, cotangent, needed, contributions);
        contributions[0] = Spoil(contributions[0], reverse);
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Spoil(real.Forward(node, tangents), forward);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private static Masked Spoil(in Masked derivative, Fault fault) =>
        derivative.IsZero || fault == Fault.None ? derivative : derivative.WithLinear(fault.Spoil(derivative.Value!));
}

/// <summary>What is wrong with a rule.</summary>
internal sealed record Fault(string Name, Func<Node, Node> Spoil)
{
    public static readonly Fault None = new("none", x => x);

    public static readonly Fault Sign = Factor(-1);

    public static readonly Fault Dropped = Factor(0);

    /// <summary>The derivative is right, but a constant: its own derivative is lost.</summary>
    public static readonly Fault Frozen = new("frozen", x => StopGradientOp.Instance.Apply([x]));

    public static Fault Factor(double factor) =>
        new(FormattableString.Invariant($"factor {factor}"), x => Binary<MultiplyOp>.Default.Apply(x, x.Constant(factor)));

    /// <summary>Another factor for each element, innermost.</summary>
    public static Fault Factors(NDArray<double> factors) =>
        new("factors", x => Binary<MultiplyOp>.Default.Apply(x, x.Constant(1).Convert(factors)));

    public override string ToString() => Name;
}
