namespace Grad.Functional;

/// <summary>
/// A fused group of elementwise ops over one row: what is read, what is computed from it, what is written. All numbers are of one element
/// type; masks stand beside them.
/// </summary>
/// <remarks>
/// One numbering for everything that an op can read: first the inputs, then the values in the order in which they are computed. Comparisons
/// are of numbers, never of masks.
/// </remarks>
/// <param name="ElementType">Double or float.</param>
/// <param name="Inputs">What is read from memory.</param>
/// <param name="Values">What is computed; operands come before the values that read them.</param>
/// <param name="Outputs">What is written to memory.</param>
internal sealed record ElementwiseCode(Type ElementType, ElementwiseInput[] Inputs, ElementwiseValue[] Values, ElementwiseOutput[] Outputs)
{
    /// <summary>The elements of a row, if that is known: short rows are not worth many interleaved vectors.</summary>
    public long RowLength { get; init; } = long.MaxValue;
}

/// <summary>An array that a group reads.</summary>
/// <param name="IsMask">Whether its elements are truth values, a byte each.</param>
/// <param name="Runs">Whether it runs along the row; otherwise one element stands for the whole row.</param>
internal readonly record struct ElementwiseInput(bool IsMask, bool Runs);

/// <summary>One op of a group.</summary>
/// <param name="Op">The op.</param>
/// <param name="Operands">What it reads, in the numbering of <see cref="ElementwiseCode"/>.</param>
internal readonly record struct ElementwiseValue(IElementwiseOp Op, int[] Operands);

/// <summary>An array that a group writes; it always runs.</summary>
/// <param name="Source">What is written, in the numbering of <see cref="ElementwiseCode"/>.</param>
/// <param name="IsMask">Whether it is a mask, written as truth values.</param>
/// <param name="Turns">
/// If it is not written but added: how many accumulators of a vector stand in its place, to which vectors are added in turn, the first of a run to the first.
/// A run begins with whole turns. Else 0.
/// </param>
internal readonly record struct ElementwiseOutput(int Source, bool IsMask, int Turns = 0);
