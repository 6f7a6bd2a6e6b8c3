using System.Diagnostics;
using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>The array itself, a constant to derivatives: the value is kept, nothing flows back, no graph is kept for it.</summary>
    /// <remarks>What PyTorch calls detach and JAX stop_gradient. Values may be read through it without raising the error of lost gradients.</remarks>
    public static NDArray<T> StopGradient<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return NDArray<T>.Record(StopGradientOp.Instance, x.Shape, x);
    }
}

internal sealed class StopGradientOp : ConstantOp
{
    public static readonly StopGradientOp Instance = new();

    public override string Name => "StopGradient";

    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands[0]);

    public override bool IsView => true;

    public override void Evaluate(in Evaluation e) => throw new UnreachableException();

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);
}
