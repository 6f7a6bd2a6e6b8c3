namespace Grad.Functional;

/// <summary>An op that is not elementwise, and smooth only in pieces.</summary>
internal interface IPiecewise
{
    /// <summary>
    /// Numbers, computed from the operands, whose signs tell the pieces apart: they stay as they are where the op is smooth, and some
    /// change from one piece to another.
    /// </summary>
    Node Pieces(ReadOnlySpan<Node> operands);
}
