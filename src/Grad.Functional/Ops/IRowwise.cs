namespace Grad.Functional;

/// <summary>
/// An op that is not elementwise, but whose result can be had a row at a time from rows of its operands, by moving them or by elementwise ops, with the
/// same bits: what takes batches of small problems apart.
/// </summary>
internal interface IRowwise
{
    /// <summary>Whether there are rows to be had at all, as far as the op and its shapes decide: what is not is no reason to take a batch apart.</summary>
    /// <param name="node">The op's place in a graph.</param>
    bool HasRows(Node node) => true;

    /// <summary>
    /// A row of the result, an array of as many elements as the row has, or of a single one for all; null where it is no such thing, or would be made of
    /// too many.
    /// </summary>
    /// <param name="node">The op's place in a graph.</param>
    /// <param name="row">The row; it moves.</param>
    /// <param name="operand">Gives rows of the operands.</param>
    Node? RowOf(Node node, ElementRow row, OperandRow operand);
}

/// <summary>A row of an operand; null if there is no such thing. One that stands still is a single element.</summary>
internal delegate Node? OperandRow(int operand, ElementRow row);
