namespace Grad.Functional;

/// <summary>
/// An op that puts its first operand in places of zeros, or adds it up there: the adjoint of one that reads from places. What several of them make is added
/// up by <see cref="PlacedSumOp"/> without any of it being made.
/// </summary>
internal interface IPlacement
{
    /// <summary>The operands, of which all but the first say where.</summary>
    int OperandCount { get; }

    /// <summary>Adds the elements of an operand to those in their places; of truth values, whether either holds.</summary>
    /// <param name="e">An evaluation of which this is a part.</param>
    /// <param name="operand">The first operand's number there.</param>
    /// <param name="layout">This op's layout.</param>
    /// <param name="result">What is added to.</param>
    void AddTo<T>(in Evaluation e, int operand, OpLayout? layout, Span<T> result) where T : unmanaged;

    /// <summary>A cotangent or tangent among zeros, which stay zero past any slope: the mask says where they are. Not carried out until it is read.</summary>
    /// <param name="x">What is placed.</param>
    /// <param name="rest">The operands besides it.</param>
    Masked Place(in Masked x, ReadOnlySpan<Node> rest);

    /// <summary>What stands in the places: the adjoint.</summary>
    /// <param name="x">A cotangent of the whole.</param>
    /// <param name="rest">The operands besides the first.</param>
    Masked Pick(in Masked x, ReadOnlySpan<Node> rest);

    /// <summary>The same for each of a batch.</summary>
    /// <param name="operands">The operands; each comes back with a new leading axis if it is asked for with one.</param>
    /// <param name="batched">Which of them have that axis.</param>
    /// <param name="size">Its extent.</param>
    IPlacement Batch(Span<Node> operands, ReadOnlySpan<bool> batched, int size);
}
