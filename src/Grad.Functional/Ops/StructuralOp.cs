namespace Grad.Functional;

/// <summary>An op that moves or adds elements in the same way whatever their type, masks included.</summary>
internal abstract class StructuralOp : Op, ITypedAction
{
    public sealed override void Evaluate(Node node) => node.Dispatch(this);

    void ITypedAction.Invoke<T>(Node node) => Evaluate((NDArray<T>)node);

    /// <summary>Computes the node's value; the operands have theirs.</summary>
    protected abstract void Evaluate<T>(NDArray<T> node) where T : unmanaged;

    /// <summary>The value of an operand.</summary>
    protected static T[] Value<T>(NDArray<T> node, int operand = 0) where T : unmanaged => ((NDArray<T>)node.Operand(operand)).Data;
}
