namespace Grad.Functional;

/// <summary>An op whose result are elements of its operand at equal distances: whoever can reads them where they stand.</summary>
internal interface IReadsRow
{
    /// <summary>The first element, in row-major order.</summary>
    int Place { get; }

    /// <summary>From one to the next; 0 for a single number.</summary>
    int Step { get; }
}

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
