using Grad.Simd;

namespace Grad.Functional;

/// <summary>An op whose result is a fold of the elements of its only operand, as they come: it needs none of them twice.</summary>
internal interface IFoldOp
{
    /// <summary>
    /// The fold with the bits of the op's evaluation, for the shapes and the element type of a node of this op; null if there is none for them.
    /// </summary>
    PiecewiseFold? Pieces(Node node);
}
