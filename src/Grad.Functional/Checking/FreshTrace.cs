namespace Grad.Functional;

/// <summary>
/// One run of a function: its values, and the graph it recorded. A difference is only as good as the assumption that the function
/// does the same at every point, so a run can be held against another.
/// </summary>
internal sealed class FreshTrace
{
    private readonly Node[] _inputs;
    private readonly Node _output;
    private readonly TraceComparison _recording;

    private FreshTrace(Node[] inputs, Node output)
    {
        (_inputs, _output) = (inputs, output);
        _recording = new TraceComparison(inputs, [output]);
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
            foreach (var node in Graph.Nodes)
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
    public bool StopsGradient => Graph.Nodes.Any(node => node.Op is StopGradientOp && Graph.Depends(node));

    private Subgraph Graph => _recording.Graph;

    /// <summary>Runs the function on fresh traced inputs.</summary>
    public static FreshTrace Run(string operation, Func<Node[], Node> f, Node[] inputs)
    {
        using var call = Call.Run(operation, f, inputs);
        return new FreshTrace(call.Inputs, call.Output);
    }

    /// <summary>The first thing that this run does otherwise than another; null if there is none.</summary>
    public TraceDifference? DifferenceFrom(FreshTrace other) => _recording.DifferenceFrom(other._recording);
}
