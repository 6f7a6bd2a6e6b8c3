namespace Grad.Functional;

/// <summary>An op that moves or adds elements in the same way whatever their type, masks included.</summary>
internal abstract class StructuralOp : Op
{
    public sealed override void Evaluate(Node node) => node.Accept(this);

    /// <summary>Computes the node's value, of element type <typeparamref name="T"/>; the operands have theirs.</summary>
    public abstract void Evaluate<T>(NDArray<T> node) where T : unmanaged;
}
