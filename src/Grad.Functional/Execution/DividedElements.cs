using Grad.Simd;

namespace Grad.Functional;

/// <summary>An elementwise op over large arrays, straight from the recording: in ranges of elements, by the kernel that plans use.</summary>
internal static unsafe class DividedElements
{
    /// <summary>Computes a node's elements, if it is worth dividing: its op is elementwise, and no operand is broadcast but single elements.</summary>
    /// <param name="node">The node, whose operands have values.</param>
    /// <param name="result">Room for its elements.</param>
    /// <returns>False if nothing was done.</returns>
    public static bool TryRun(Node node, ref byte result)
    {
        if (!Divided.Pays(node.Length) || node.Op is not IElementwiseOp op || node.OperandCount > 3 || op.Kernel(node) is not { } kernel)
        {
            return false;
        }

        var still = Still.None;
        for (var i = 0; i < node.OperandCount; i++)
        {
            var length = Source(node, i).Length;
            if (length != node.Length && length != 1)
            {
                return false;
            }

            still |= length == 1 ? (Still)(1 << i) : Still.None;
        }

        if ((int)still == (1 << node.OperandCount) - 1)
        {
            return false;
        }

        var last = node.OperandCount - 1;
        var (first, second, third) = (Source(node, 0), Source(node, Math.Min(1, last)), Source(node, last));
        fixed (byte* x = &first.Elements, y = &second.Elements, z = &third.Elements, to = &result)
        {
            Divided.Run(
                new Range(
                    kernel,
                    still,
                    new Place(x, (still & Still.First) != 0 ? 0 : first.ElementSize),
                    new Place(y, (still & Still.Second) != 0 ? 0 : second.ElementSize),
                    new Place(z, (still & Still.Third) != 0 ? 0 : third.ElementSize),
                    new Place(to, node.ElementSize)),
                node.Length,
                1);
        }

        return true;
    }

    private static Node Source(Node node, int operand) =>
        node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(node.Operand(operand)) : node.Operand(operand);

    private readonly struct Place(byte* start, int advance)
    {
        public void* At(int element) => start + ((nint)element * advance);
    }

    private readonly struct Range(ElementKernel kernel, Still still, Place x, Place y, Place z, Place result) : IDividedWork
    {
        public void Run(int first, int end) => kernel.Many(x.At(first), y.At(first), z.At(first), result.At(first), end - first, still);
    }
}
