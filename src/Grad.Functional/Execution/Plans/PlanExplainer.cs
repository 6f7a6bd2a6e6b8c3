using System.Globalization;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>Puts a plan into words. The graph is planned once more, as what a plan is made of is not kept; that gives the same plan.</summary>
internal sealed class PlanExplainer
{
    private readonly PlanGraph _graph;
    private readonly IReadOnlyList<PlanUnit> _units;
    private readonly Plan _plan;
    private readonly Dictionary<PlanValue, string> _names = [];
    private readonly Dictionary<PlanUnit, int> _places = [];

    private PlanExplainer(PlanBuilder builder, Plan plan)
    {
        (_graph, _units, _plan) = (builder.Graph, builder.Units, plan);
        for (var place = 0; place < _units.Count; place++)
        {
            _places.Add(_units[place], place);
        }
    }

    /// <param name="inputs">The beginnings of the graph, without values.</param>
    /// <param name="names">What they are called.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="plan">The plan that was made of it.</param>
    public static PlanView Explain(Node[] inputs, string[] names, Node[] outputs, Plan plan)
    {
        PlanBuilder.Build(inputs, outputs, out var builder);
        return new PlanExplainer(builder, plan).Explain(names, outputs, builder.Buffers);
    }

    private PlanView Explain(string[] inputNames, Node[] outputs, IReadOnlyList<(PlanValue Value, long Offset, long Bytes)> buffers)
    {
        Name(inputNames);
        var steps = new List<StepView>();
        for (var place = 0; place < _units.Count; place++)
        {
            steps.Add(View(_units[place], _plan.Steps[place]));
        }

        for (var place = _units.Count; place < _plan.Steps.Length; place++)
        {
            steps.Add(Copy(_plan.Steps[place]));
        }

        var arguments = string.Join(", ", _graph.Inputs.Select(Typed)) + " → " + string.Join(", ", outputs.Select((output, i) => Typed(output, Output(i))));
        return new PlanView(
            steps,
            [.. buffers.Select(buffer => View(buffer.Value, buffer.Offset, buffer.Bytes))],
            (_graph.OpCount, _graph.Values.Count(value => value.IsComputed)),
            arguments,
            _plan.PeakBytes,
            _plan.EmitFailure);
    }

    private void Name(string[] inputNames)
    {
        for (var i = 0; i < inputNames.Length; i++)
        {
            _names[_graph.Inputs[i]] = inputNames[i];
        }

        for (var i = 0; i < _graph.Outputs.Length; i++)
        {
            if (_graph.Outputs[i].IsComputed)
            {
                _names.TryAdd(_graph.Outputs[i], Output(i));
            }
        }

        var next = 1;
        foreach (var value in _units.SelectMany(unit => unit.Values))
        {
            if (!_names.ContainsKey(value))
            {
                _names.Add(value, string.Create(CultureInfo.InvariantCulture, $"%{next++}"));
            }
        }
    }

    private string Output(int place) => _graph.Outputs.Length == 1 ? "result" : string.Create(CultureInfo.InvariantCulture, $"result{place}");

    private StepView View(PlanUnit unit, Step step)
    {
        var own = unit.Values.ToHashSet();
        PlanValue[] reads = [.. unit.Values.SelectMany(value => value.Operands).Select(operand => operand.Value).Where(value => !own.Contains(value)).Distinct()];
        PlanValue[] writes = [.. unit.Values.Where(value => value.IsKept)];
        return new StepView(
            Title(unit),
            [.. unit.Values.Select(Expression)],
            [.. reads.Select(NameOf)],
            [.. writes.Select(NameOf)],
            reads.Sum(value => value.Bytes),
            writes.Sum(value => value.Bytes),
            unit.Values.Sum(value => value.Node.Op!.Flops(value.Node)),
            Tier(step),
            step.IsEmitted,
            IsInterpreted(step));
    }

    private BufferView View(PlanValue value, long offset, long bytes)
    {
        var first = _places[value.Unit!];
        return new BufferView(Typed(value), offset, bytes, first, Math.Max(value.LastReader, first));
    }

    private StepView Copy(Step step)
    {
        var (source, target, bytes) = step is CopyStep copy ? copy.Parts : default;
        var from = _graph.Values.Find(value => value.Slot >= 0 && value.Slot == source);
        var to = Output(Math.Max(target - _graph.Inputs.Length, 0));
        return new StepView("copy", [], [from is null ? "a constant" : NameOf(from)], [to], bytes, bytes, 0, step.Tier, false, false);
    }

    private static bool IsInterpreted(Step step) => step.Work > 0 && !step.IsEmitted;

    private string Tier(Step step)
    {
        if (!IsInterpreted(step))
        {
            return step.Tier;
        }

        return step.Tier + (!RuntimeFeature.IsDynamicCodeSupported ? "; no code can be made at run time here"
            : !EmittedLoop.IsPossible ? "; there is no vector hardware to emit code for"
            : _plan.EmitFailure is not null ? "; emission failed"
            : "; code has not been emitted yet");
    }

    private static string Title(PlanUnit unit)
    {
        var elementwise = unit.Values.Where(value => value.Kernel is not null && value.Node.Length > 0).ToArray();
        return elementwise.Length == 0 ? unit.Values[0].Node.Op!.Name
            : Counted(elementwise.Length, "op")
                + (elementwise[0].Node.Length == 1 ? " on single numbers" : $" over {Number(elementwise[0].Node.Length)} elements")
                + Besides(unit.Values.Count(value => value.Fold is not null), "fold") + Besides(unit.Values.Count(value => value.Joins is not null), "join");

        string Besides(int count, string what) => count == 0 ? "" : ", " + Counted(count, what);
    }

    private string Expression(PlanValue value)
    {
        var attributes = value.Node.Op!.Attributes is { Length: > 0 } some ? "; " + some : "";
        return $"{Typed(value)} = {value.Node.Op.Name}({string.Join(", ", value.Operands.Select(NameOf))}{attributes})";
    }

    // One element of an array by its place in row-major order.
    private string NameOf(PlanOperand operand) =>
        operand.Row is { Count: 1 } row ? FormattableString.Invariant($"{NameOf(operand.Value)}[{row.Place}]") : NameOf(operand.Value);

    private string NameOf(PlanValue value) => _names.TryGetValue(value, out var name) ? name
        : value.Node is { HasValue: true, Length: 1 } ? Numeral(value.Node)
        : $"constant {value.Node.ElementType.Name} {value.Node.Shape}";

    private static string Numeral(Node node) => node.ToString()!.Trim('[', ']', ' ');

    private string Typed(PlanValue value) => Typed(value.Node, NameOf(value));

    private static string Typed(Node node, string name) => $"{name} {node.ElementType.Name} {node.Shape}";

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
