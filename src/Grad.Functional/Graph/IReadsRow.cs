namespace Grad.Functional;

/// <summary>An op whose result may be elements of its operand at equal distances: whoever can reads them where they stand.</summary>
internal interface IReadsRow
{
    /// <summary>Where in the operand the elements of a node of this op stand, in row-major order; null if not so.</summary>
    ElementRow? RowOf(Node node);
}

/// <summary>Elements of an array that stand at equal distances in its row-major order.</summary>
/// <param name="Place">The first.</param>
/// <param name="Step">From one to the next; 0 where it is the same again.</param>
/// <param name="Count">How many.</param>
internal readonly record struct ElementRow(int Place, int Step, int Count);

/// <summary>
/// An op that puts components together: its result, row-major [outer, count, inner], has the operands, each with count elements or a single one for all, at
/// its places [o, :, i].
/// </summary>
internal interface IJoinsComponents
{
    /// <summary>The elements of a component.</summary>
    int Count { get; }

    /// <summary>The components side by side.</summary>
    int Inner { get; }
}
