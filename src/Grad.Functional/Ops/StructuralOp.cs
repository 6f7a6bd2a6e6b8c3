namespace Grad.Functional;

/// <summary>An op that moves or adds elements in the same way whatever their type, masks included.</summary>
internal abstract class StructuralOp : Op, ITypedEvaluation
{
    public sealed override void Evaluate(in Evaluation e) => e.Node.Evaluate(this, e);

    void ITypedEvaluation.Evaluate<T>(in Evaluation e) => Evaluate<T>(e);

    /// <summary>Computes the result's elements, of the type that they have.</summary>
    protected abstract void Evaluate<T>(in Evaluation e) where T : unmanaged;
}
