namespace Grad.Functional;

/// <summary>What the elementwise adapters share.</summary>
internal static class Elementwise
{
    /// <summary>
    /// An operand made ready for a result of <paramref name="shape"/>. A traced one is broadcast by an op of its own, whose reverse sums
    /// back; an untraced one needs no cotangent, so the kernel may stretch it in passing.
    /// </summary>
    public static Node Fit(Node operand, Shape shape) =>
        operand.IsTraced && operand.Shape != shape ? Broadcast.To(operand, shape) : operand;

    /// <summary>The single number that an operand is, or repeats without being carried out; null if there is none.</summary>
    public static Node? Number(Node operand) =>
        operand.Shape.Rank == 0 ? operand : operand is { HasValue: false, Op: IRepeatsOperand } && operand.Operand(0).Shape.Rank == 0 ? operand.Operand(0) : null;

    public static NotSupportedException Unsupported(Op op, Node node) =>
        new($"{op.Name} has no meaning for elements of type {node.ElementType.Name}. Cast to double or float first.");
}
