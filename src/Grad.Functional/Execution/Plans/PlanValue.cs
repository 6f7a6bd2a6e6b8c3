using Grad.Simd;

namespace Grad.Functional;

/// <summary>A value of a graph while a plan is made of it. Values that are the same bit for bit are one.</summary>
internal sealed class PlanValue(Node node, PlanOperand[] operands)
{
    /// <summary>Where it stands in the graph.</summary>
    public Node Node => node;

    /// <summary>What it is made of; nothing if it is an input or a constant.</summary>
    public PlanOperand[] Operands => operands;

    /// <summary>Whether a step must make it.</summary>
    public bool IsComputed => operands.Length > 0;

    /// <summary>How it is made element by element; null if it is not.</summary>
    public ElementKernel? Kernel { get; init; }

    /// <summary>How it is folded of its operand's elements as they come; null if it is not.</summary>
    public PiecewiseFold? Fold { get; init; }

    /// <summary>How it is put together of its operands; null if it is not.</summary>
    public IJoinsComponents? Joins { get; init; }

    /// <summary>The elements over which a group runs that it may be of; 0 if there is none.</summary>
    public int GroupLength => Kernel is not null ? node.Length : Joins?.Count ?? 0;

    /// <summary>
    /// The type of the numbers that it is made of element by element: its own, or for a mask that of what is compared; for a mask made of
    /// masks whatever they are of.
    /// </summary>
    public Type Numbers { get; } = node.ElementType != typeof(bool) ? node.ElementType : OfOperand(operands);

    /// <summary>Which one of the graph it is: less than that of all who read it.</summary>
    public int Number { get; set; }

    /// <summary>When the recording computes it, and what it is made of: not less than that of any operand.</summary>
    public long Order { get; set; }

    /// <summary>The number of barriers below it: what is elementwise and on one level depends on nothing on that level but elementwise.</summary>
    public int Level { get; set; }

    /// <summary>What makes it.</summary>
    public PlanUnit? Unit { get; set; }

    /// <summary>Whether it must stand in memory as a whole.</summary>
    public bool IsKept { get; set; }

    /// <summary>The slot of its address; −1 as long as it has none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Its memory, if it has been given any.</summary>
    public (long Offset, long Bytes)? Block { get; set; }

    /// <summary>The last unit that reads it, by place.</summary>
    public int LastReader { get; set; } = -1;

    /// <summary>Bytes of all elements.</summary>
    public long Bytes => (long)node.Length * node.ElementSize;

    private static Type OfOperand(PlanOperand[] operands)
    {
        var made = operands.Length == 0 ? null : operands[0].Value;
        return made is null ? typeof(double) : made.Node.ElementType == typeof(float) || made.Numbers == typeof(float) ? typeof(float) : typeof(double);
    }
}

/// <summary>A value as an op reads it.</summary>
/// <param name="Value">The value; if the op reads broadcast sources, what stands behind the broadcast.</param>
/// <param name="View">The operand in the graph: the shape as the op sees it.</param>
/// <param name="Row">The elements of the value that it is, if those are not all; it may be repeated besides.</param>
internal readonly record struct PlanOperand(PlanValue Value, Node View, ElementRow? Row = null);

/// <summary>What one step makes: the value of one op, or those of a fused group, in order.</summary>
internal sealed class PlanUnit
{
    public List<PlanValue> Values { get; } = [];

    /// <summary>Whether its place in the order has been found.</summary>
    public bool IsPlaced { get; set; }
}
