namespace Grad.Functional;

/// <summary>An evaluation that is the same whatever the element type, once that is known.</summary>
internal interface ITypedEvaluation
{
    void Evaluate<T>(in Evaluation e) where T : unmanaged;
}
