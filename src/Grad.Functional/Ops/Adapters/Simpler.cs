using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>What ops look for when they simplify themselves.</summary>
internal static class Simpler
{
    /// <summary>The operand of a node of this op; null if the node is of another.</summary>
    public static Node? OperandOf<TOp>(Node node) where TOp : struct, IUnaryOp => node.Op is Unary<TOp> ? node.Operand(0) : null;

    /// <summary>The node, if it has the shape that is asked for: constants may have been stretched in passing.</summary>
    public static Node? Fits(Node operand, Node node) => operand.Shape == node.Shape && operand.ElementType == node.ElementType ? operand : null;

    /// <summary>Whether a constant has this number in every element, to the bit; it may be one number that is repeated.</summary>
    public static bool Is(Node node, double number) => Source(node) is { Op: null, HasValue: true } constant && constant switch
    {
        NDArray<double> x => !MemoryMarshal.Cast<double, long>(x.Data).ContainsAnyExcept(BitConverter.DoubleToInt64Bits(number)),
        NDArray<float> x => !MemoryMarshal.Cast<float, int>(x.Data).ContainsAnyExcept(BitConverter.SingleToInt32Bits((float)number)),
        NDArray<int> x => !x.Data.ContainsAnyExcept((int)number),
        NDArray<long> x => !x.Data.ContainsAnyExcept((long)number),
        _ => false,
    };

    // Seeds stand for all elements of a sum as one number, which a broadcast repeats for whoever reads it.
    private static Node Source(Node node)
    {
        while (node is { HasValue: false, Op: IRepeatsOperand })
        {
            node = node.Operand(0);
        }

        return node;
    }

    /// <summary>Whether a constant mask holds everywhere, or nowhere; null if it does not, or is no constant.</summary>
    public static bool? Mask(Node node) => Source(node) is NDArray<bool> { Op: null, HasValue: true } mask && mask.Length > 0
        ? !mask.Data.Contains(false) ? true : !mask.Data.Contains(true) ? false : null
        : null;

    /// <summary>An op of one operand on another.</summary>
    public static Node Of<TOp>(Node x) where TOp : struct, IUnaryOp => Unary<TOp>.Default.Apply([x]);

    /// <summary>An op of two operands on others.</summary>
    public static Node Of<TOp>(Node x, Node y) where TOp : struct, IBinaryOp => Binary<TOp>.Default.Apply(x, y);
}
