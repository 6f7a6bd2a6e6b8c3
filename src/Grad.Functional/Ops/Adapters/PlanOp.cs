namespace Grad.Functional;

/// <summary>An op that plans are made of, when all derivatives have been taken: it has no rules, and nobody can ask for them.</summary>
internal abstract class PlanOp : Op
{
    public sealed override bool IsDifferentiable => false;

    public sealed override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) => throw Refusal();

    public sealed override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => throw Refusal();

    public sealed override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => throw Refusal();

    private NotSupportedException Refusal() => new($"{Name} stands in plans only, and has no rules.");
}
