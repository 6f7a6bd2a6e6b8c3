namespace Grad.Functional;

/// <summary>An op that on some constants is no op at all.</summary>
internal interface ISimplifies
{
    /// <summary>
    /// One of the operands, or a constant, if the result is that to the bit whatever the others are; else null. It may be a single number for all
    /// elements of the result.
    /// </summary>
    Node? Simplify(ReadOnlySpan<Node> operands);
}

/// <summary>Ops on components of which some are constants.</summary>
internal static class Simplification
{
    /// <summary>The op's result, by as little as makes it.</summary>
    public static Node Apply(Op op, ReadOnlySpan<Node> operands) => (op as ISimplifies)?.Simplify(operands) ?? op.Apply(operands);

    /// <summary>The truth value that a node is, if it is a constant.</summary>
    public static bool? Truth(Node node) => node is NDArray<bool> { HasValue: true, Length: 1 } mask ? mask.Data[0] : null;

    /// <summary>Whether a node is a constant with just these bits.</summary>
    public static bool Is(Node node, double? number) => number is { } value && node.HasValue && node.Length == 1 && node switch
    {
        NDArray<double> x => BitConverter.DoubleToInt64Bits(x.Data[0]) == BitConverter.DoubleToInt64Bits(value),
        NDArray<float> x => BitConverter.SingleToInt32Bits(x.Data[0]) == BitConverter.SingleToInt32Bits((float)value),
        _ => false,
    };
}
