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

    public static NotSupportedException Unsupported(Op op, Node node) =>
        new($"{op.Name} has no meaning for elements of type {node.ElementType.Name}. Cast to double or float first.");
}
