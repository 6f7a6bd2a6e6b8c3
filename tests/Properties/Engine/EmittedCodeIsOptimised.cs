using System.Diagnostics.Tracing;
using Grad.Functional;
using Properties.Kernels;
using Xunit;

namespace Properties.Engine;

/// <summary>
/// The JIT gives up optimising large methods, and inlining into them, without a word: its events say so. What is emitted stays clear of both.
/// </summary>
[Trait("Category", "Leg")]
public class EmittedCodeIsOptimised
{
    private const int Groups = 16;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void No_method_is_too_large()
    {
        if (!Leg.EmitsHere)
            return;
        using var listener = new JitListener();

        // Events begin to flow some time after they are asked for.
        Assert.True(SpinWait.SpinUntil(() => IsHeard(listener), s_patience), "The JIT's events are not heard.");
        List<string> methods = [];
        foreach (var element in (Type[])[typeof(double), typeof(float)])
        {
            foreach (int ops in Enumerable.Range(0, Groups).Select(k => 2 + k * k))
                methods.AddRange(Compile(element, ops, interleave: ops % 3 == 0 ? EmittedLoop.MostVectors : 0));
        }

        methods.AddRange(CompileStraight());

        Assert.True(SpinWait.SpinUntil(() => listener.Saw(methods), s_patience), "Of some methods no event was heard.");
        Assert.Empty(methods.SelectMany(listener.Faults));
    }

    private static bool IsHeard(JitListener listener)
    {
        var methods = Compile(typeof(double), 2, interleave: 0);
        return SpinWait.SpinUntil(() => listener.Saw(methods), TimeSpan.FromMilliseconds(200));
    }

    private static string[] Compile(Type element, int ops, int interleave) =>
        EmittedLoop.Compile(EmittedGroups.Random(element, new Random(ops), ops), interleave)!.Methods;

    // On single numbers: long programs, with their slopes.
    private static string[] CompileStraight()
    {
        using var recording = new Recording();
        var op = new PlaceholderOp(recording);
        Node[] inputs = [((NDArray<double>)1.0).MakeLeaf(op, recording.Birth, placeholder: true)];
        List<Node> outputs = [];
        foreach (int ops in Enumerable.Range(0, Groups).Select(k => 2 + k * k))
        {
            var code = EmittedGroups.Random(typeof(double), new Random(ops), ops);
            List<Node> nodes = [.. code.Inputs.Select(input => input.IsMask ? NDMath.Abs((NDArray<double>)inputs[0]) > 1 : inputs[0])];
            foreach (var (value, operands) in code.Values)
                nodes.Add(((Op)value).Apply(Array.ConvertAll(operands, operand => nodes[operand])));
            outputs.AddRange(nodes.Where(node => node is NDArray<double>).TakeLast(1));
        }

        var slopes = Reverse.Run([.. outputs], [.. outputs.Select(output => new Masked(output.Constant(1)))], inputs);
        var plan = PlanBuilder.Build(inputs, [.. outputs, Pending.Clean(slopes[0])!]);
        plan.Emit();
        string[] methods = [.. plan.Steps.ToArray().OfType<ScalarStep>().SelectMany(step => step.Methods)];
        Assert.True(methods.Length > Groups, "There are fewer methods than groups.");
        return methods;
    }

    private sealed class JitListener : EventListener
    {
        private const EventKeywords Jit = (EventKeywords)0x10;
        private const EventKeywords JitTracing = (EventKeywords)0x1000;
        private const int OptimizedTier = 2;

        private readonly List<(string Method, string Fault)> _faults = [];

        private readonly HashSet<string> _loaded = [];

        // Other tests emit at the same time.
        public IEnumerable<string> Faults(string method)
        {
            lock (_faults)
                return [.. _faults.Where(fault => fault.Method == method).Select(fault => $"{method}: {fault.Fault}")];
        }

        public bool Saw(IEnumerable<string> methods)
        {
            lock (_faults)
                return methods.All(_loaded.Contains);
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
                EnableEvents(eventSource, EventLevel.Verbose, Jit | JitTracing);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            object? Field(string name) => eventData.PayloadNames!.IndexOf(name) is >= 0 and int index ? eventData.Payload![index] : null;
            if (eventData.EventName!.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) && IsEmitted(Field("MethodName"), out string loaded))
            {
                // The tier stands in three bits of the flags.
                int tier = (int)((uint)Field("MethodFlags")! >> 7) & 7;
                lock (_faults)
                {
                    _loaded.Add(loaded);
                    if (tier != OptimizedTier)
                        _faults.Add((loaded, $"has tier {tier}."));
                }
            }
            else if (eventData.EventName.StartsWith("MethodJitInliningFailed", StringComparison.Ordinal)
                && IsEmitted(Field("MethodBeingCompiledName"), out string compiled)
                && Field("FailReason") is string reason
                && (reason.Contains("too many", StringComparison.Ordinal) || reason.Contains("budget", StringComparison.Ordinal)))
            {
                lock (_faults)
                    _faults.Add((compiled, $"{Field("InlineeName")} was not inlined: {reason}."));
            }
        }

        private static bool IsEmitted(object? name, out string method)
        {
            method = name as string ?? "";
            return method.StartsWith("Emitted", StringComparison.Ordinal);
        }
    }
}
