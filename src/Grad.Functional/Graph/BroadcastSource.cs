namespace Grad.Functional;

/// <summary>An op whose result repeats its operand; those who read it may read the operand instead.</summary>
internal interface IRepeatsOperand
{
    /// <summary>The axes of the result along which the operand repeats, ascending; the operand's shape lacks them.</summary>
    ReadOnlySpan<int> RepeatedAxes { get; }
}

/// <summary>Finds what stands behind broadcasts that nobody has carried out.</summary>
internal static class BroadcastSource
{
    /// <summary>The node itself, or the source of a broadcast that has no value of its own.</summary>
    public static Node Of(Node node) => !node.HasValue && node.Op is IRepeatsOperand ? node.Operand(0) : node;
}
