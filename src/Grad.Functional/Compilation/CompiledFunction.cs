namespace Grad.Functional;

/// <summary>A function with a plan for each structure that its argument has had: what the classes of all arities hold.</summary>
/// <typeparam name="TIn">A tree: of several arguments, their tuple.</typeparam>
/// <typeparam name="TOut">A tree.</typeparam>
/// <param name="f">The function.</param>
/// <param name="options">What holds for all its runs, and for tracing; null for what holds where it is called.</param>
internal sealed class CompiledFunction<TIn, TOut>(Func<TIn, TOut> f, GradOptions? options)
{
    /// <summary>More shapes than this at once, and the one not used for longest is traced again when it comes back.</summary>
    public const int MaxSpecializations = 16;

    private readonly Lock _lock = new();
    private volatile Specialization<TOut>[] _known = [];
    private volatile Specialization<TOut>? _last;
    private bool _isFixed;
    private int _traces;
    private long _uses;

    /// <summary>How often f was traced, and for how many shapes there are plans.</summary>
    public CompiledStats Stats
    {
        get
        {
            var (known, emitted, interpreted, peak) = (_known, 0, 0, 0L);
            foreach (var specialization in known)
            {
                peak = Math.Max(peak, specialization.Plan.PeakBytes);
                foreach (var step in specialization.Plan.Steps)
                {
                    emitted += step.IsEmitted ? 1 : 0;
                    interpreted += step.Work > 0 && !step.IsEmitted ? 1 : 0;
                }
            }

            var failure = Array.Find(known, specialization => specialization.Plan.EmitFailure is not null)?.Plan.EmitFailure;
            return new CompiledStats(_traces, known.Length, peak, emitted, interpreted) { EmitFailure = failure };
        }
    }

    /// <summary>How the last specialization runs.</summary>
    /// <param name="named">What has the arguments' names; null if nothing has.</param>
    public PlanView Explain(Delegate? named = null)
    {
        var last = _last ?? throw new InvalidOperationException(
            "Explain needs a plan, and there is none yet. Call Invoke once with arrays, or give examples: Ad.Compile(f, x).");
        return PlanExplainer.Explain(last.Inputs, InputNames.Of(named ?? f, last.Inputs.Length), TakeApart(last.Inputs, last.Outputs), last.Plan);
    }

    /// <summary>Traces f now, for arguments like this one and no others.</summary>
    public CompiledFunction<TIn, TOut> Fix(TIn example)
    {
        var leaves = Tree.Flatten(example, "example");
        using var scope = OptionsScope.Enter(options);
        _last = Find(Key(example, leaves)) ?? Trace(example, leaves);
        _isFixed = true;
        return this;
    }

    /// <summary>The function's value; if something in the argument is traced, by the function itself, for whoever traces.</summary>
    public TOut Invoke(TIn x, CancellationToken token)
    {
        using var scope = OptionsScope.Enter(options, token.CanBeCanceled ? token : options?.CancellationToken ?? default);
        var leaves = Tree.Flatten(x, "x");
        if (leaves.Exists(leaf => leaf.IsTraced))
        {
            return f(x);
        }

        var specialization = Find(Key(x, leaves)) ?? (_isFixed ? throw OtherShapes(leaves) : Trace(x, leaves));
        _last = specialization;
        if (specialization.IsDueForComparison())
        {
            specialization.Compare(Record(x, leaves, out _));
        }

        return specialization.Invoke(leaves);
    }

    /// <summary>Computes on memory: nothing is allocated.</summary>
    /// <param name="inputs">Addresses of the leaves of the argument.</param>
    /// <param name="inputLengths">How many elements stand there.</param>
    /// <param name="outputs">Addresses of room for the leaves of the result, which may be that of inputs.</param>
    /// <param name="outputLengths">How many elements have room there.</param>
    /// <param name="token">Takes the place of the options' own, if it can be cancelled.</param>
    public void Run(
        ReadOnlySpan<nint> inputs, ReadOnlySpan<int> inputLengths, ReadOnlySpan<nint> outputs, ReadOnlySpan<int> outputLengths, CancellationToken token)
    {
        using var scope = OptionsScope.Enter(options, token.CanBeCanceled ? token : options?.CancellationToken ?? default);
        var specialization = _last ?? throw new InvalidOperationException(
            "Run needs to know shapes, which spans do not have. Call Invoke once with arrays, or give examples: Ad.Compile(f, x).");
        specialization.ThrowIfChanged();
        if (!inputLengths.SequenceEqual(specialization.InputLengths) || !outputLengths.SequenceEqual(specialization.OutputLengths))
        {
            ThrowOtherLengths(specialization, inputLengths, outputLengths);
        }

        specialization.Run(inputs, outputs);
    }

    // Code is emitted at once, so single numbers are cheap.
    private static Node[] TakeApart(Node[] inputs, Node[] outputs) => Components.TakeApart(inputs, outputs, straight: EmittedLoop.IsPossible);

    private static void ThrowOtherLengths(Specialization<TOut> specialization, ReadOnlySpan<int> inputLengths, ReadOnlySpan<int> outputLengths)
    {
        Check(specialization.Inputs, inputLengths, "input");
        Check(specialization.Outputs, outputLengths, "result");
    }

    private static void Check(Node[] expected, ReadOnlySpan<int> lengths, string what)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (lengths[i] != expected[i].Length)
            {
                throw new ArgumentException(
                    $"Run was specialised for {what} {i} of shape {expected[i].Shape}, {expected[i].Length} elements, but got {lengths[i]}. " +
                    "Call Invoke with arrays of the new shapes first, or Ad.Compile(f, x) with another example.",
                    what == "input" ? "x" : "result");
            }
        }
    }

    private static OpKey Key(TIn x, List<Node> leaves)
    {
        var key = new OpKey();
        Tree.Describe(x, key);
        foreach (var leaf in leaves)
        {
            key.Add(leaf.ElementType);
            key.Add(leaf.Shape.AsSpan());
        }

        return key;
    }

    private Specialization<TOut>? Find(OpKey key)
    {
        var found = Array.Find(_known, known => key.Numbers.SequenceEqual(known.Key));
        if (found is not null)
        {
            found.LastUse = Interlocked.Increment(ref _uses);
        }

        return found;
    }

    private ArgumentException OtherShapes(List<Node> leaves) => new(
        $"This function was compiled for arguments of shapes {Shapes(_last!.Inputs)}, but got {Shapes(leaves)}. " +
        "Compile without an example, and every shape is traced when it comes.",
        "x");

    private static string Shapes(IEnumerable<Node> nodes) => string.Join(", ", nodes.Select(node => node.Shape));

    /// <summary>Runs f on inputs without values.</summary>
    private TraceComparison Record(TIn x, List<Node> leaves, out TOut result)
    {
        using var recording = new Recording();
        var op = new PlaceholderOp(recording);
        var inputs = leaves.ConvertAll(leaf => leaf.MakeLeaf(op, recording.Birth, placeholder: true)).ToArray();
        result = f(Tree.Rebuild(x, inputs))
            ?? throw new ArgumentException("Ad.Compile needs f to return arrays, but it returned null.", nameof(f));
        var outputs = Tree.Flatten(result, nameof(f)).ToArray();
        foreach (var output in outputs)
        {
            if (output.IsTraced && output.Oldest < recording.Birth)
            {
                throw new ArgumentException(
                    "Ad.Compile found that f uses a traced value from outside, whose derivative could not be followed through compiled code. " +
                    "Pass it to f as an argument, or compile the whole of the outer computation.",
                    nameof(f));
            }
        }

        return new TraceComparison(inputs, outputs);
    }

    private Specialization<TOut> Trace(TIn x, List<Node> leaves)
    {
        var trace = Record(x, leaves, out var result);
        var plan = PlanBuilder.Build(trace.Inputs, TakeApart(trace.Inputs, trace.Outputs));
        plan.Emit();
        var specialization = new Specialization<TOut>(Key(x, leaves).Numbers.ToArray(), plan, trace, result);
        lock (_lock)
        {
            _traces++;
            specialization.LastUse = Interlocked.Increment(ref _uses);
            _known = [specialization, .. _known.OrderByDescending(known => known.LastUse).Take(MaxSpecializations - 1)];
        }

        return specialization;
    }
}
