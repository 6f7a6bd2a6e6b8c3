using System.Globalization;
using System.Text;

namespace Grad.Functional;

/// <summary>
/// What a function recorded, to look at: inputs, constants, and each op with its attributes, element type and shape, operands before their users.
/// A node that several ops use stands there once. Made by <c>Ad.Trace</c>; holds no values but those of constants that are single numbers.
/// </summary>
public sealed class GraphView
{
    private readonly List<Entry> _entries = [];
    private readonly int[] _groups;

    /// <param name="inputs">The inputs.</param>
    /// <param name="names">What they are called.</param>
    /// <param name="output">What was recorded of them.</param>
    /// <param name="group">For beginnings and an output: what a node is computed together with, an object for each group.</param>
    internal GraphView(IReadOnlyList<Node> inputs, IReadOnlyList<string> names, Node output, Func<Node[], Node, Func<Node, object?>> group)
    {
        var places = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < inputs.Count; i++)
        {
            places.Add(inputs[i], _entries.Count);
            _entries.Add(new Entry(EntryKind.Input, names[i], "", inputs[i].ElementType.Name, inputs[i].Shape, []));
        }

        // Ids rise along every edge: what is older than the inputs was traced outside, and is a beginning here.
        var first = inputs.Min(input => input.Id);

        // The walk keeps its own stack, so that depth costs no recursion.
        var path = new Stack<(Node Node, int Next)>();
        path.Push((output, 0));
        while (path.TryPop(out var step))
        {
            var (node, next) = step;
            if (places.ContainsKey(node))
            {
                continue;
            }

            if (node.Id >= first && next < node.OperandCount)
            {
                path.Push((node, next + 1));
                path.Push((node.Operand(next), 0));
            }
            else
            {
                places.Add(node, Place(node, first, places));
            }
        }

        Output = places[output];
        _groups = Groups(places, group, output);
        Uses = new int[_entries.Count];
        foreach (var operand in _entries.SelectMany(entry => entry.Operands))
        {
            Uses[operand]++;
        }
    }

    private enum EntryKind
    {
        Input,
        Captured,
        Constant,
        Op,
    }

    /// <summary>The number of ops recorded.</summary>
    public int OpCount => _entries.Count(entry => entry.Kind == EntryKind.Op);

    private int Output { get; }

    private int[] Uses { get; }

    /// <summary>
    /// A line for each node: its name, the op with its operands, element type and shape, how often it is used if more than once; the output is marked.
    /// </summary>
    public override string ToString()
    {
        string[] names = [.. _entries.Select((_, place) => Reference(place))];
        string[] expressions = [.. _entries.Select(entry => Expression(entry, names))];
        string[] types = [.. _entries.Select(entry => $"{entry.ElementType} {entry.Shape}")];
        var shown = Enumerable.Range(0, _entries.Count).Where(place => !IsInline(place)).ToList();
        var (nameWidth, expressionWidth) = (shown.Max(place => names[place].Length), shown.Max(place => expressions[place].Length));
        var typeWidth = shown.Max(place => types[place].Length);
        var text = new StringBuilder();
        foreach (var place in shown)
        {
            var notes = string.Join(", ", Notes(place));
            var line = $"{names[place].PadRight(nameWidth)} = {expressions[place].PadRight(expressionWidth)}  {types[place].PadRight(typeWidth)}  {notes}";
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// A flowchart in Mermaid's language, as Markdown on many sites renders it. What a plan computes in one go, a fused group, is a subgraph.
    /// </summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart TD\n");
        for (var place = 0; place < _entries.Count; place++)
        {
            if (_groups[place] < 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {MermaidNode(place)}\n");
            }
            else if (Array.IndexOf(_groups, _groups[place]) == place)
            {
                text.Append(CultureInfo.InvariantCulture, $"    subgraph g{_groups[place]}[\"fused\"]\n");
                for (var member = place; member < _entries.Count; member++)
                {
                    if (_groups[member] == _groups[place])
                    {
                        text.Append(CultureInfo.InvariantCulture, $"        {MermaidNode(member)}\n");
                    }
                }

                text.Append("    end\n");
            }
        }

        foreach (var (from, to) in Edges())
        {
            text.Append(CultureInfo.InvariantCulture, $"    n{from} --> n{to}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"    style n{Output} stroke-width:3px\n").ToString();
    }

    /// <summary>A directed graph in the language of Graphviz.</summary>
    public string ToDot()
    {
        var text = new StringBuilder("digraph {\n    node [fontname=\"sans-serif\"];\n");
        for (var place = 0; place < _entries.Count; place++)
        {
            var label = Label(place, "\n").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            var shape = _entries[place].Kind == EntryKind.Op ? "box" : "ellipse";
            var width = place == Output ? ", penwidth=3" : "";
            text.Append(CultureInfo.InvariantCulture, $"    n{place} [label=\"{label}\", shape={shape}{width}];\n");
        }

        foreach (var (from, to) in Edges())
        {
            text.Append(CultureInfo.InvariantCulture, $"    n{from} -> n{to};\n");
        }

        return text.Append("}\n").ToString();
    }

    private string MermaidNode(int place)
    {
        var label = Label(place, "<br/>").Replace("\"", "#quot;", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"n{place}{(_entries[place].Kind == EntryKind.Op ? $"[\"{label}\"]" : $"([\"{label}\"])")}");
    }

    // The number of each op's group; −1 for what is alone in it, and for what is no op.
    private int[] Groups(Dictionary<Node, int> places, Func<Node[], Node, Func<Node, object?>> group, Node output)
    {
        bool Is(Node node, EntryKind kind) => _entries[places[node]].Kind == kind;
        var groupOf = group([.. places.Keys.Where(node => Is(node, EntryKind.Input) || Is(node, EntryKind.Captured))], output);
        var groups = new int[_entries.Count];
        Array.Fill(groups, -1);
        var ops = places.Where(pair => Is(pair.Key, EntryKind.Op)).Select(pair => (Place: pair.Value, Group: groupOf(pair.Key)));
        var fused = ops.Where(op => op.Group is not null).GroupBy(op => op.Group!, op => op.Place, ReferenceEqualityComparer.Instance);
        foreach (var (number, members) in fused.Select(Enumerable.ToArray).Where(members => members.Length > 1).OrderBy(Enumerable.Min).Index())
        {
            foreach (var place in members)
            {
                groups[place] = number;
            }
        }

        return groups;
    }

    private int Place(Node node, long first, Dictionary<Node, int> places)
    {
        var isCaptured = node.IsTraced && node.Id < first;
        if (node.Op is LeafOp && node.OperandCount > 0 && !isCaptured)
        {
            // The input of a call within the function: an identity over what it was given.
            return places[node.Operand(0)];
        }

        _entries.Add(isCaptured ? Leaf(node, EntryKind.Captured)
            : node.Op is null or LeafOp ? Leaf(node, EntryKind.Constant)
            : Step(node, places));
        return _entries.Count - 1;
    }

    private static Entry Leaf(Node node, EntryKind kind)
    {
        var name = kind == EntryKind.Constant && node.Rank == 0 ? node.ToString()! : kind.ToString();
        return new Entry(kind, name, "", node.ElementType.Name, node.Shape, []);
    }

    private static Entry Step(Node node, Dictionary<Node, int> places)
    {
        var operands = new int[node.OperandCount];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = places[node.Operand(i)];
        }

        return new Entry(EntryKind.Op, node.Op!.Name, node.Op.Attributes, node.ElementType.Name, node.Shape, operands);
    }

    private static string Expression(Entry entry, string[] names) => entry.Kind switch
    {
        EntryKind.Op when entry.Attributes.Length > 0 =>
            $"{entry.Name}({string.Join(", ", entry.Operands.Select(operand => names[operand]))}; {entry.Attributes})",
        EntryKind.Op => $"{entry.Name}({string.Join(", ", entry.Operands.Select(operand => names[operand]))})",
        EntryKind.Input => "Input",
        _ => entry.Name,
    };

    /// <summary>A single number stands where it is used, unless it is all there is.</summary>
    private bool IsInline(int place) => _entries[place] is { Kind: EntryKind.Constant, Shape.Rank: 0 } && place != Output;

    private string Reference(int place) =>
        _entries[place].Kind == EntryKind.Input || IsInline(place) ? _entries[place].Name : string.Create(CultureInfo.InvariantCulture, $"%{place}");

    private string Label(int place, string lineBreak)
    {
        var entry = _entries[place];
        var attributes = entry.Attributes.Length > 0 ? lineBreak + entry.Attributes : "";
        return $"{entry.Name}{attributes}{lineBreak}{entry.ElementType} {entry.Shape}";
    }

    private IEnumerable<string> Notes(int place)
    {
        if (Uses[place] > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"used {Uses[place]} times");
        }

        if (place == Output)
        {
            yield return "output";
        }
    }

    private IEnumerable<(int From, int To)> Edges() =>
        _entries.SelectMany((entry, place) => entry.Operands.Select(operand => (operand, place)));

    private sealed record Entry(EntryKind Kind, string Name, string Attributes, string ElementType, Shape Shape, int[] Operands);
}
