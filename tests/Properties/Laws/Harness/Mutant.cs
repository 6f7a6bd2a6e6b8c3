using Grad.Functional;

namespace Properties.Laws;

/// <summary>An op with one rule spoilt: everything else is the op's own.</summary>
internal abstract class Mutant(Op original) : Op
{
    /// <summary>The op as it should be.</summary>
    public Op Original => original;

    public sealed override string Name => original.Name;

    public sealed override string Attributes => original.Attributes;

    public sealed override bool ReadsBroadcastSources => original.ReadsBroadcastSources;

    public sealed override bool IsDifferentiable => original.IsDifferentiable;

    // The same result, but made by this op; a result that nothing traced has gone into was computed at once and forgot who made it.
    public sealed override Node Apply(ReadOnlySpan<Node> operands)
    {
        var result = original.Apply(operands);
        if (result.Op is null)
            return result;
        var fitted = new Node[result.OperandCount];
        for (int i = 0; i < fitted.Length; i++)
            fitted[i] = result.Operand(i);
        return result.Make(this, result.Shape, fitted);
    }

    public sealed override void Evaluate(Node node) => original.Evaluate(node);

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        original.Reverse(node, cotangent, needed, contributions);

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => original.Forward(node, tangents);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        original.Batch(node, operands, batched, size);
}
