namespace Grad.Functional;

/// <summary>What an op through which no derivative passes has for rules.</summary>
internal abstract class ConstantOp : Op
{
    public sealed override bool IsDifferentiable => false;

    public sealed override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions)
    {
    }

    public sealed override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => default;
}
