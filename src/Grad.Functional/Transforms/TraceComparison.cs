namespace Grad.Functional;

/// <summary>Holds one recording of a function against another: do both take the same steps, with the same constants?</summary>
/// <param name="inputs">The beginnings.</param>
/// <param name="outputs">What the function returned.</param>
internal sealed class TraceComparison(Node[] inputs, Node[] outputs)
{
    private Subgraph? _graph;

    /// <summary>The beginnings.</summary>
    public Node[] Inputs => inputs;

    /// <summary>What the function returned.</summary>
    public Node[] Outputs => outputs;

    /// <summary>Everything between beginnings and ends; found when it is first asked for.</summary>
    public Subgraph Graph => _graph ??= Subgraph.Between(inputs, outputs, alongDerivatives: false);

    /// <summary>The first thing that this recording does otherwise than another; null if there is none.</summary>
    public TraceDifference? DifferenceFrom(TraceComparison other)
    {
        var (steps, otherSteps) = (Dependents(), other.Dependents());
        for (var i = 0; i < Math.Min(steps.Count, otherSteps.Count); i++)
        {
            if (Difference(steps[i], other, otherSteps[i], i) is { } difference)
            {
                return difference;
            }
        }

        return steps.Count != otherSteps.Count
            ? new($"the number of steps is {steps.Count} instead of {otherSteps.Count}")
            : DifferenceOfOutputs(other);
    }

    private TraceDifference? DifferenceOfOutputs(TraceComparison other)
    {
        var (ends, otherEnds) = (outputs, other.Outputs);
        if (ends.Length != otherEnds.Length)
        {
            return new($"the number of outputs is {ends.Length} instead of {otherEnds.Length}");
        }

        for (var i = 0; i < ends.Length; i++)
        {
            var name = ends.Length == 1 ? "the output" : FormattableString.Invariant($"output {i}");
            if (ends[i].Shape != otherEnds[i].Shape)
            {
                return new($"{name} has shape {ends[i].Shape} instead of {otherEnds[i].Shape}");
            }

            if (Graph.Depends(ends[i]) != other.Graph.Depends(otherEnds[i]) ||
                (Graph.Depends(ends[i]) && Identity(ends[i]) != other.Identity(otherEnds[i])))
            {
                return new($"{name} is the result of another step");
            }

            if (!Graph.Depends(ends[i]) && Constants(ends[i], otherEnds[i]) is { } change)
            {
                return new($"{name} is {change}", IsConstant: true);
            }
        }

        return null;
    }

    private List<Node> Dependents() => [.. Graph.Nodes.Where((node, place) => Graph.Depends(place) && Array.IndexOf(inputs, node) < 0)];

    private TraceDifference? Difference(Node step, TraceComparison other, Node otherStep, int number)
    {
        var (op, otherOp) = (step.Op!, otherStep.Op!);
        var sameKind = op.Name == otherOp.Name && step.Shape == otherStep.Shape && step.OperandCount == otherStep.OperandCount;
        if (!sameKind || op.Attributes != otherOp.Attributes)
        {
            return new($"step {number} is {Describe(step)} instead of {Describe(otherStep)}", IsConstant: sameKind);
        }

        for (var i = 0; i < step.OperandCount; i++)
        {
            var (operand, otherOperand) = (step.Operand(i), otherStep.Operand(i));
            if (Graph.Depends(operand) != other.Graph.Depends(otherOperand) ||
                (Graph.Depends(operand) && Identity(operand) != other.Identity(otherOperand)))
            {
                return new($"step {number}, {Describe(step)}, works on something else");
            }

            if (!Graph.Depends(operand) && Constants(operand, otherOperand) is { } change)
            {
                return new($"step {number}, {Describe(step)}, uses {change}", IsConstant: true);
            }
        }

        return null;
    }

    // Inputs are told apart by their number, steps by their place.
    private int Identity(Node node) => Array.IndexOf(inputs, node) is >= 0 and var input ? -1 - input : Graph.PlaceOf(node);

    private static string Describe(Node step) =>
        $"{step.Op!.Name}{(step.Op.Attributes.Length > 0 ? $"({step.Op.Attributes})" : "")} of shape {step.Shape}";

    private static string? Constants(Node x, Node y)
    {
        if (ReferenceEquals(x, y))
        {
            return null;
        }

        var comparison = new ValueComparison(y);
        x.Dispatch(comparison);
        return comparison.Difference;
    }

    /// <summary>Compares two constants of whatever element type.</summary>
    private sealed class ValueComparison(Node other) : ITypedAction
    {
        public string? Difference { get; private set; }

        public void Invoke<T>(Node node) where T : unmanaged
        {
            if (other is not NDArray<T> y || node.Shape != y.Shape)
            {
                Difference = $"a constant of shape {node.Shape} instead of {other.Shape}";
                return;
            }

            var values = ((NDArray<T>)node).Data;
            var others = y.Data;
            for (var i = 0; i < values.Length; i++)
            {
                if (!EqualityComparer<T>.Default.Equals(values[i], others[i]))
                {
                    Difference = FormattableString.Invariant($"the constant {values[i]} instead of {others[i]}");
                    return;
                }
            }
        }
    }
}
