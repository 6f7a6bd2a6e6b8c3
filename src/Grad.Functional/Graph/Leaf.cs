using System.Diagnostics;

namespace Grad.Functional;

/// <summary>A traced value's beginning. Over an outer traced value it is an identity, through which outer derivatives flow.</summary>
internal abstract class LeafOp(long birth) : Op
{
    /// <summary>Later beginnings have greater births, on whatever thread.</summary>
    public long Birth => birth;

    /// <summary>Whether someone may still ask for a derivative with respect to it.</summary>
    public abstract bool IsOpen { get; }

    // All beginnings are alike: what tells them apart is the place.
    public sealed override void Describe(OpKey key)
    {
    }

    public sealed override Node Apply(ReadOnlySpan<Node> operands) => operands[0];

    public override bool IsView => true;

    public override void Evaluate(in Evaluation e) => throw new UnreachableException();

    public sealed override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
        if (contributions.Length > 0)
        {
            contributions[0] = cotangent;
        }
    }

    public sealed override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => tangents.Length > 0 ? tangents[0] : default;

    public sealed override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => operands[0];
}

/// <summary>An input of a call of Ad.</summary>
internal sealed class InputOp(Recording recording) : LeafOp(recording.Birth)
{
    public override string Name => "Input";

    public override bool IsOpen => recording.IsOpen;
}

/// <summary>A value of <see cref="Ad.Variable"/>. Its birth is before every call, so that no result that depends on it loses its graph.</summary>
internal sealed class VariableOp : LeafOp
{
    public static readonly VariableOp Instance = new();

    private VariableOp()
        : base(0)
    {
    }

    public override string Name => "Variable";

    public override bool IsOpen => true;
}

/// <summary>Stands for a value that will be put in later.</summary>
internal sealed class PlaceholderOp(Recording recording) : LeafOp(recording.Birth)
{
    public override string Name => "Placeholder";

    public override bool IsOpen => recording.IsOpen;

    public override bool IsView => false;

    public override void Evaluate(in Evaluation e) => throw new InvalidOperationException(
        "A value was read where none exists: this array stands for many values at once. Use Where to choose by value instead of reading it.");
}
