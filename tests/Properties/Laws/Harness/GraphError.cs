using Grad.Functional;

namespace Properties.Laws;

/// <summary>
/// Running error analysis of a graph: for each element of a result a first-order bound of the error that rounding has made by then. What
/// cancellation leaves of a small difference of large numbers is thereby known to be noise.
/// </summary>
internal static class GraphError
{
    /// <summary>The bound for each element of a function's result at the inputs, which are exact.</summary>
    public static double[] Of(Func<NDArray<double>[], NDArray<double>> f, NDArray<double>[] inputs)
    {
        NDArray<double>[] variables = Array.ConvertAll(inputs, Ad.Variable);
        var output = f(variables);
        var errors = new Dictionary<Node, double[]>(ReferenceEqualityComparer.Instance);
        foreach (var node in Subgraph.Between(variables, [output], alongDerivatives: false).Nodes)
        {
            // What nothing traced went into is a constant, the same in all that is compared.
            if (node is NDArray<double> { Op: { } op } real && !variables.Contains(node))
                errors[node] = OfNode(op, real, errors);
        }

        return errors.GetValueOrDefault(output) ?? new double[output.Length];
    }

    private static double[] OfNode(Op op, NDArray<double> node, Dictionary<Node, double[]> errors)
    {
        if (ElementwiseBody.Of(op) is { } body)
            return OfBody(body, node, errors);
        if (op is WhereOp)
            return OfWhere(node, errors);

        // What only moves numbers keeps their errors; a sum adds them and rounds. Which went where matters to no law: the largest counts.
        // A curved op's slopes add up to less than its operand has elements, and what it rounds are numbers of size 1 besides its operands.
        double largest = 0, moved = 0;
        for (int i = 0; i < node.OperandCount; i++)
        {
            if (node.Operand(i) is NDArray<double> operand)
            {
                largest = Math.Max(largest, Largest(errors, operand));
                moved = Math.Max(moved, operand.AsSpan().ToArray().Select(Math.Abs).DefaultIfEmpty().Max());
            }
        }

        if (OpCatalog.IsCurved(op))
        {
            int count = 8 + (2 * node.Operand(0).Length);
            return Fill(node.Length, (count * largest) + Rounding.Bound<double>(count, moved + 1));
        }

        int terms = op is SumOp ? node.Operand(0).Length / Math.Max(node.Length, 1) : OpCatalog.Accumulates(op) ? node.Operand(0).Length : 1;
        double bound = (terms * largest) + (terms > 1 ? Rounding.Bound<double>(terms, terms * moved) : 0);
        return Fill(node.Length, bound);
    }

    private static double[] OfBody(ElementwiseBody body, NDArray<double> node, Dictionary<Node, double[]> errors)
    {
        var operands = new (NDArray<double> Values, double[]? Errors)[node.OperandCount];
        for (int i = 0; i < operands.Length; i++)
        {
            var operand = (NDArray<double>)node.Operand(i);
            operands[i] = (operand, errors.GetValueOrDefault(operand));
        }

        var result = new double[node.Length];
        for (int k = 0; k < result.Length; k++)
        {
            var lanes = Array.ConvertAll(operands, operand =>
            {
                // An untraced operand may be a single number for all elements.
                int at = operand.Values.Length == node.Length ? k : 0;
                var exact = RunningError.Operand(operand.Values.AsSpan()[at], 0, Rounding.Unit<double>());
                return exact with { PrimalError = operand.Errors?[at] ?? 0 };
            });
            result[k] = body.Eval<RunningError>(lanes).PrimalError;
        }

        return result;
    }

    private static double[] OfWhere(NDArray<double> node, Dictionary<Node, double[]> errors)
    {
        var mask = ((NDArray<bool>)node.Operand(0)).AsSpan();
        double[]? yes = errors.GetValueOrDefault(node.Operand(1)), no = errors.GetValueOrDefault(node.Operand(2));
        var result = new double[node.Length];
        for (int k = 0; k < result.Length; k++)
            result[k] = (mask[k] ? yes : no)?[k] ?? 0;
        return result;
    }

    private static double Largest(Dictionary<Node, double[]> errors, Node node) =>
        errors.TryGetValue(node, out double[]? all) && all.Length > 0 ? all.Max() : 0;

    private static double[] Fill(int length, double value)
    {
        var all = new double[length];
        Array.Fill(all, value);
        return all;
    }
}
