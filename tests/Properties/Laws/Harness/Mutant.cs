using Grad.Functional;

namespace Properties.Laws;

/// <summary>An op with rules replaced: everything else is the op's own.</summary>
internal sealed class Mutant(Op original) : Op, ITypedEvaluation
{
    /// <summary>A reverse rule, given the original op.</summary>
    public delegate void ReverseRule(Op original, Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions);

    /// <summary>A forward rule, given the original op.</summary>
    public delegate Masked ForwardRule(Op original, Node node, ReadOnlySpan<Masked> tangents);

    /// <summary>A batching rule, given the original op.</summary>
    public delegate Node BatchRule(Op original, Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size);

    /// <summary>Takes the place of the reverse rule.</summary>
    public ReverseRule? InReverse { get; init; }

    /// <summary>Takes the place of the forward rule.</summary>
    public ForwardRule? InForward { get; init; }

    /// <summary>Takes the place of the batching rule.</summary>
    public BatchRule? InBatch { get; init; }

    /// <summary>The op as it should be.</summary>
    public Op Original => original;

    public override string Name => original.Name;

    public override string Attributes => original.Attributes;

    public override bool ReadsBroadcastSources => original.ReadsBroadcastSources;

    public override bool IsDifferentiable => original.IsDifferentiable;

    public override OpLayout? Layout(Node node) => original.Layout(node);

    // The same result, but made by this op; a result that nothing traced has gone into was computed at once and forgot who made it.
    public override Node Apply(ReadOnlySpan<Node> operands)
    {
        var result = original.Apply(operands);
        if (result.Op is null)
            return result;
        var fitted = new Node[result.OperandCount];
        for (int i = 0; i < fitted.Length; i++)
            fitted[i] = result.Operand(i);
        return result.Make(this, result.Shape, fitted);
    }

    public override void Evaluate(in Evaluation e)
    {
        if (original.IsView || original is IRepeatsOperand)
            e.Node.Evaluate(this, e);
        else
            original.Evaluate(e);
    }

    // What the library sees through, a view or a broadcast, is carried out: on values alone its op computes at once.
    public void Evaluate<T>(in Evaluation e) where T : unmanaged =>
        ((NDArray<T>)original.Apply([NDArray.Create(e.Operand<T>(), e.OperandShape())])).Data.CopyTo(e.Result<T>());

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        if (InReverse is { } rule)
            rule(original, node, cotangent, needed, contributions);
        else
            original.Reverse(node, cotangent, needed, contributions);
    }

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) =>
        InForward is { } rule ? rule(original, node, tangents) : original.Forward(node, tangents);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) =>
        InBatch is { } rule ? rule(original, node, operands, batched, size) : original.Batch(node, operands, batched, size);
}
