namespace Grad.Functional;

/// <summary>
/// One run of a function: its values, and the graph it recorded. A difference is only as good as the assumption that the function
/// does the same at every point, so a run can be held against another.
/// </summary>
internal sealed class FreshTrace
{
    private readonly Node[] _inputs;
    private readonly Node _output;
    private readonly Subgraph _graph;

    private FreshTrace(Node[] inputs, Node output)
    {
        (_inputs, _output) = (inputs, output);
        _graph = Subgraph.Between(inputs, [output], alongDerivatives: false);
        Values = ((NDArray<double>)output).Data.ToArray();
    }

    /// <summary>The values of the output, row-major.</summary>
    public double[] Values { get; }

    /// <summary>The shape of the output.</summary>
    public Shape Shape => _output.Shape;

    /// <summary>The largest magnitude of any value that was computed on the way: what rounding errors are proportional to.</summary>
    public double Scale
    {
        get
        {
            var scale = 0.0;
            foreach (var node in _graph.Nodes)
            {
                if (node is NDArray<double> { HasValue: true } real && Array.IndexOf(_inputs, node) < 0)
                {
                    foreach (var value in real.Data)
                    {
                        scale = double.IsFinite(value) ? Math.Max(scale, Math.Abs(value)) : scale;
                    }
                }
            }

            return scale;
        }
    }

    /// <summary>Whether the derivative was deliberately cut somewhere.</summary>
    public bool StopsGradient => _graph.Nodes.Any(node => node.Op is StopGradientOp && _graph.Depends(node));

    /// <summary>Runs the function on fresh traced inputs.</summary>
    public static FreshTrace Run(string operation, Func<Node[], Node> f, Node[] inputs)
    {
        using var call = Call.Run(operation, f, inputs);
        return new FreshTrace(call.Inputs, call.Output);
    }

    /// <summary>The first thing that this run does otherwise than another; null if there is none.</summary>
    public TraceDifference? DifferenceFrom(FreshTrace other)
    {
        var (steps, otherSteps) = (Dependents(), other.Dependents());
        for (var i = 0; i < Math.Min(steps.Count, otherSteps.Count); i++)
        {
            if (Difference(steps[i], other, otherSteps[i], i) is { } difference)
            {
                return difference;
            }
        }

        return steps.Count != otherSteps.Count ? new($"the number of steps is {steps.Count} instead of {otherSteps.Count}")
            : Shape != other.Shape ? new($"the output has shape {Shape} instead of {other.Shape}")
            : !_graph.Depends(_output) && Constants(_output, other._output) is { } change ? new($"the output is {change}", IsConstant: true)
            : null;
    }

    private List<Node> Dependents() => [.. _graph.Nodes.Where((node, place) => _graph.Depends(place) && Array.IndexOf(_inputs, node) < 0)];

    private TraceDifference? Difference(Node step, FreshTrace other, Node otherStep, int number)
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
            if (_graph.Depends(operand) != other._graph.Depends(otherOperand) ||
                (_graph.Depends(operand) && Identity(operand) != other.Identity(otherOperand)))
            {
                return new($"step {number}, {Describe(step)}, works on something else");
            }

            if (!_graph.Depends(operand) && Constants(operand, otherOperand) is { } change)
            {
                return new($"step {number}, {Describe(step)}, uses {change}", IsConstant: true);
            }
        }

        return null;
    }

    // Inputs are told apart by their number, steps by their place.
    private int Identity(Node node) => Array.IndexOf(_inputs, node) is >= 0 and var input ? -1 - input : _graph.PlaceOf(node);

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
