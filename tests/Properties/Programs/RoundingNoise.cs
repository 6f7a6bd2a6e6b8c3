using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// How much rounding there is in a computed value: its graph is evaluated again, several times, with every step's result changed at
/// random by as much as the op's stated error allows. Works for values and derivatives alike, and knows no derivative.
/// </summary>
internal static class RoundingNoise
{
    private const int Samples = 8;

    // The true errors are one draw of what is sampled, mostly of less than full size. The largest of eight samples is below a quarter of the
    // standard deviation some times in a million; ten times that is more than two deviations.
    private const double Safety = 10;

    // Far above any rounding that a program of moderate slopes has, in float too.
    private const double Jump = 0.1;

    // What is too small for a number becomes zero, and a zero does not tell: no result is known closer than this many of the least numbers.
    private const double Least = 4;

    private const double DoubleUlp = 1.0 / (1L << 52);
    private const double FloatUlp = 1.0 / (1 << 23);

    // Parts of a unit are nothing to a double, and of whole units two would often cancel exactly: so all are larger, their effect divided.
    private const double Enlargement = 16;

    /// <summary>A bound of the error of every element of the results; infinite if there is none, which explains nothing.</summary>
    /// <param name="beginnings">The variables that the results were computed from.</param>
    /// <param name="results">Traced results.</param>
    /// <param name="inFloat">Whether each step rounds as float does.</param>
    public static double[][] Of(NDArray<double>[] beginnings, NDArray<double>[] results, bool inFloat = false)
    {
        var graph = Subgraph.Between(beginnings, results, alongDerivatives: false);
        var noise = Array.ConvertAll(results, result => new double[result.Length]);
        foreach (var element in noise)
        {
            Array.Fill(element, Least * (inFloat ? float.Epsilon : double.Epsilon));
        }

        var random = new Scramble(1);
        for (var sample = 0; sample < Samples; sample++)
        {
            var rounded = Replay(graph, beginnings, inFloat, ref random);
            for (var i = 0; i < results.Length; i++)
            {
                var (exact, other) = (results[i].ToArray(), ((NDArray<double>)Value(graph, rounded, results[i])).ToArray());
                for (var k = 0; k < exact.Length; k++)
                {
                    // A number that rounding may turn into NaN or infinity, or that is no number itself, has an error without a bound.
                    // Such a sample must not be left out: the others would then pass for a bound, or zero if there are none.
                    var spread = Safety / (inFloat ? 1 : Enlargement) * Math.Abs(other[k] - exact[k]);
                    noise[i][k] = double.IsNaN(spread) ? double.PositiveInfinity : Math.Max(noise[i][k], spread);
                }
            }
        }

        return noise;
    }

    /// <summary>A sum is the exact sum of addends that are wrong by an ulp for each level of its tree.</summary>
    public static double AddendUlps(int count) => 1 + Math.Log2(Math.Max(count, 1));

    private static Node?[] Replay(Subgraph graph, NDArray<double>[] beginnings, bool inFloat, ref Scramble random)
    {
        var values = new Node?[graph.Count];
        foreach (var beginning in beginnings)
        {
            if (graph.PlaceOf(beginning) is >= 0 and var place)
            {
                values[place] = beginning.Detach();
            }
        }

        for (var place = 0; place < values.Length; place++)
        {
            if (values[place] is not null || !graph.Depends(place))
            {
                continue;
            }

            var node = graph[place];
            if (!node.IsDifferentiable)
            {
                // A mask stays as it was: where rounding could change it, there is a kink.
                values[place] = node.Detach();
                continue;
            }

            var ulp = OpCatalog.Ulp(node.Op!);
            var operands = new Node[node.OperandCount];
            for (var i = 0; i < operands.Length; i++)
            {
                operands[i] = Value(graph, values, node.Operand(i));
                if (OpCatalog.Accumulates(node.Op!))
                {
                    operands[i] = Shake(operands[i], AddendUlps(operands[i].Length), inFloat, ref random);
                }
            }

            var result = node.Op!.Apply(operands);
            result = OpCatalog.Kink(node.Op) is { } kink ? WithoutJumps(result, operands, node, kink) : result;
            values[place] = Shake(result, (inFloat ? ulp?.Float : ulp?.Double) ?? 0, inFloat, ref random);
        }

        return values;
    }

    // Like a mask: where rounding would lead over a jump (trunc of a computed 1), the value stays as it was.
    private static Node WithoutJumps(Node rounded, Node[] operands, Node node, Func<double[], double> kink)
    {
        var (values, exact) = (((NDArray<double>)rounded).ToArray(), ((NDArray<double>)node).ToArray());
        var here = Surroundings.Sides(kink, [.. Enumerable.Range(0, node.OperandCount).Select(node.Operand)], node.Shape);
        var there = Surroundings.Sides(kink, operands, node.Shape);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = here[i] != there[i] && Math.Abs(values[i] - exact[i]) > Jump ? exact[i] : values[i];
        }

        return NDArray.Create<double>(values, node.Shape);
    }

    private static Node Value(Subgraph graph, Node?[] values, Node node) =>
        graph.PlaceOf(node) is >= 0 and var place && values[place] is { } value ? value : node;

    private static Node Shake(Node node, double ulps, bool inFloat, ref Scramble random)
    {
        if (ulps == 0 || node is not NDArray<double> array)
        {
            return node;
        }

        var (size, least) = inFloat ? (FloatUlp, float.Epsilon) : (Enlargement * DoubleUlp, Enlargement * double.Epsilon);
        var values = array.ToArray();
        foreach (ref var value in values.AsSpan())
        {
            // Below the normal numbers an ulp is no part of the number any more. A zero is left where it is, perhaps at the end of a domain.
            value += value == 0 ? 0 : random.Between(-ulps, ulps) * Math.Max(Math.Abs(value) * size, least);
        }

        return NDArray.Create<double>(values, node.Shape);
    }
}
