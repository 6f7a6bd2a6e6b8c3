namespace Grad.Functional;

/// <summary>
/// Takes batches of small problems apart. A value that has a few elements for each of many samples becomes as many components, each an array over the
/// samples: ops that move elements then only choose components, sums and products over a few elements become elementwise ops on them, and all of it is
/// one group, whose lanes are samples. To the bit nothing changes.
/// </summary>
internal sealed class Components
{
    // Batches of several sizes are taken apart one after the other.
    private const int MaxSizes = 3;

    private readonly Subgraph _graph;
    private readonly ComponentLayouts _layouts;
    private readonly int _count;

    // By place: components of what is taken apart, and the values as wholes.
    private readonly Node[]?[] _parts;
    private readonly Node?[] _wholes;

    private Components(Subgraph graph, ComponentLayouts layouts)
    {
        (_graph, _layouts, _count) = (graph, layouts, layouts.Count);
        _parts = new Node[graph.Count][];
        _wholes = new Node[graph.Count];
    }

    /// <summary>The outputs, computed by components where that pays; else as they are.</summary>
    /// <param name="inputs">The beginnings of the graph, without values.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="straight">
    /// Whether small matrices and short vectors are taken apart as well, into single numbers: that is for straight-line code, and slow without.
    /// </param>
    public static Node[] TakeApart(ReadOnlySpan<Node> inputs, Node[] outputs, bool straight = false)
    {
        var tried = new HashSet<int>();
        while (inputs.Length > 0 && tried.Count < MaxSizes)
        {
            var graph = Subgraph.Between(inputs, outputs, alongDerivatives: false);
            if (ComponentLayouts.Choose(graph, inputs, outputs, tried) is not { } layouts)
            {
                break;
            }

            tried.Add(layouts.Count);
            if (layouts.AnyPays)
            {
                outputs = new Components(graph, layouts).Run(outputs);
            }
        }

        if (straight && inputs.Length > 0)
        {
            var graph = Subgraph.Between(inputs, outputs, alongDerivatives: false);
            var layouts = ComponentLayouts.Tiny(graph, inputs, outputs);
            outputs = layouts.AnyPays ? new Components(graph, layouts).Run(outputs) : outputs;
        }

        return outputs;
    }

    private Node[] Run(Node[] outputs)
    {
        for (var place = 0; place < _graph.Count; place++)
        {
            if (_layouts.Pays(place))
            {
                _parts[place] = Parts(place);
            }

            if (_parts[place] is null)
            {
                _wholes[place] = Again(place);
            }
        }

        return Array.ConvertAll(outputs, output => Whole(output, _graph.PlaceOf(output)));
    }

    private Node[]? Parts(int place)
    {
        var (outer, inner) = _layouts[place];
        var parts = new Node[outer * inner];
        for (var k = 0; k < parts.Length; k++)
        {
            if (Part(place, new ElementRow((k / inner * _count * inner) + (k % inner), inner, _count)) is not { } part)
            {
                return null;
            }

            parts[k] = part;
        }

        return parts;
    }

    private Node? Part(int place, ElementRow row)
    {
        var node = _graph[place];
        if (node.Op is IRowwise rowwise)
        {
            return rowwise.RowOf(node, row, (operand, part) => Row(place, operand, part));
        }

        if (node.Op!.IsView)
        {
            return Row(place, 0, row);
        }

        var operands = new Node[node.OperandCount];
        for (var i = 0; i < operands.Length; i++)
        {
            var shape = node.Operand(i).Shape;
            var part = shape.ElementCount == node.Length ? row
                : RowPlace.Of(node.Shape, row) is { } at ? at.In(RowPlace.Strides(shape, node.Shape))
                : default;
            if (part.Count == 0 || Row(place, i, part) is not { } operand)
            {
                return null;
            }

            operands[i] = operand;
        }

        return Simplification.Apply(node.Op, operands);
    }

    // A row of an operand: a component if it is one, else read from the whole.
    private Node? Row(int reader, int index, ElementRow row)
    {
        if (row.Step < 0)
        {
            return null;
        }

        var (operand, place) = (_graph[reader].Operand(index), _graph.Operands(reader)[index]);
        if (place >= 0 && _parts[place] is { } parts)
        {
            if (_count == 1)
            {
                return parts[row.Place];
            }

            var (_, inner) = _layouts[place];
            var (outer, rest) = Math.DivRem(row.Place, _count * inner);
            if (row.Step == inner && rest < inner)
            {
                return parts[(outer * inner) + rest];
            }
        }

        return Read(Whole(operand, place), row);
    }

    private Node Read(Node whole, ElementRow row)
    {
        if (whole.Length == 1)
        {
            return ReshapeOp.To(whole, default);
        }

        if (row.Step > 0 && whole.HasValue && IsUniform(whole, row))
        {
            row = row with { Step = 0 };
        }

        if (row.Step == 1 && whole.Length == _count)
        {
            return ReshapeOp.To(whole, [_count]);
        }

        return new RowOp(row).Apply([whole]);
    }

    // A constant that is the same for all samples.
    private static bool IsUniform(Node constant, ElementRow row)
    {
        var test = new Uniformity(row);
        constant.Dispatch(test);
        return test.Holds;
    }

    private Node Whole(Node node, int place)
    {
        if (place < 0)
        {
            return node;
        }

        return _wholes[place] ??= Together(node, _parts[place]!, _layouts[place].Inner);
    }

    private Node Together(Node node, Node[] parts, int inner)
    {
        var whole = parts.Length == 1 ? (_count == 1 ? parts[0] : Broadcast.To(parts[0], [_count])) : new InterleaveOp(node.Shape, _count, inner).Apply(parts);
        return ReshapeOp.To(whole, node.Shape);
    }

    // The same op, on operands that may have been made anew.
    private Node Again(int place)
    {
        var node = _graph[place];
        var places = _graph.Operands(place);
        if (_layouts.IsGiven(place))
        {
            return node;
        }

        var operands = new Node[node.OperandCount];
        var same = true;
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = Whole(node.Operand(i), places[i]);
            same &= operands[i] == node.Operand(i);
        }

        return same ? node : Twin.Of(node, operands);
    }

    private sealed class Uniformity(ElementRow row) : ITypedAction
    {
        public bool Holds { get; private set; }

        public void Invoke<T>(Node node) where T : unmanaged
        {
            var data = ((NDArray<T>)node).Data;
            var first = System.Runtime.InteropServices.MemoryMarshal.AsBytes(data.Slice(row.Place, 1));
            Holds = true;
            for (int n = 1, at = row.Place; n < row.Count && Holds; n++)
            {
                at += row.Step;
                Holds = first.SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(data.Slice(at, 1)));
            }
        }
    }
}
