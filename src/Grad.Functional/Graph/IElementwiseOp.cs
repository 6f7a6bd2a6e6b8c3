using Grad.Simd;

namespace Grad.Functional;

/// <summary>An op whose result's elements each come from those in the same place of its operands, by one body over lanes.</summary>
internal interface IElementwiseOp
{
    /// <summary>The body: on hardware lanes a kernel, on a recording lane the code that is emitted. A mask is a lane too.</summary>
    V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V>;

    /// <summary>The kernel for the element types of a node of this op; null if it has none for them.</summary>
    ElementKernel? Kernel(Node node);

    /// <summary>The kernel for this op, with results first, and another of the same operand that has work in common with it; null if there is none.</summary>
    PairKernel? KernelWith(Op other, Node node) => null;
}
