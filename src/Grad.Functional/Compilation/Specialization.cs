using System.Buffers;

namespace Grad.Functional;

/// <summary>A plan for arguments of certain shapes.</summary>
/// <param name="Key">The shapes and types.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Trace">What f recorded.</param>
/// <param name="Pattern">The tree that the result's leaves make.</param>
internal sealed record Specialization<TOut>(int[] Key, Plan Plan, TraceComparison Trace, TOut Pattern)
{
    // A call now and then, ever more seldom: whether f still does what it did costs a trace to know.
    private const int LastComparison = 1024;

    private readonly Lock _comparing = new();
    private int _calls;
    private volatile TraceDifference? _change;

    /// <summary>What the leaves of the argument are like; without values.</summary>
    public Node[] Inputs => Trace.Inputs;

    /// <summary>What the leaves of the result are like.</summary>
    public Node[] Outputs => Trace.Outputs;

    /// <summary>When it was asked for last; greater is later.</summary>
    public long LastUse { get; set; }

    /// <summary>
    /// Counts a call, and says whether f is to be held against its trace: at the second, fourth, eighth, … call, and as long as it differs.
    /// </summary>
    public bool IsDueForComparison()
    {
        if (_change is not null)
        {
            return true;
        }

        if (Volatile.Read(ref _calls) >= LastComparison)
        {
            return false;
        }

        var calls = Interlocked.Increment(ref _calls);
        return calls > 1 && int.IsPow2(calls);
    }

    /// <summary>Holds another recording of f against the one that was compiled.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public void Compare(TraceComparison again)
    {
        // One thread at a time: the trace is taken apart when it is first compared with.
        lock (_comparing)
        {
            _change = again.DifferenceFrom(Trace);
        }

        ThrowIfChanged();
    }

    /// <summary>Refuses to compute what f would not compute any more.</summary>
    public void ThrowIfChanged()
    {
        if (_change is { } change)
        {
            throw new InvalidOperationException(
                $"A compiled function was traced once, but f now does something else: {change.Text}. What f captures is a constant to compiled code. " +
                "Pass what changes (a rate, a counter, a random key) as an argument, or compile again after the change.");
        }
    }

    public TOut Invoke(List<Node> leaves)
    {
        var results = Array.ConvertAll(Outputs, output => output.Blank(output.Shape));
        using var arguments = Arguments.Rent(leaves.Count + results.Length);
        foreach (var leaf in leaves)
        {
            arguments.AddSource(leaf);
        }

        foreach (var result in results)
        {
            arguments.AddResult(result);
        }

        Plan.Run(arguments.Addresses[..leaves.Count], arguments.Addresses[leaves.Count..]);
        arguments.Complete();
        return Tree.Rebuild(Pattern, results);
    }

    public unsafe void Run(ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs)
    {
        Span<nint> apart = stackalloc nint[inputs.Length];
        inputs.CopyTo(apart);
        var copies = 0L;
        for (var i = 0; i < inputs.Length; i++)
        {
            copies += Overlaps(i, inputs, outputs) ? Bytes(Inputs[i]) : 0;
        }

        if (copies == 0)
        {
            Plan.Run(apart, outputs);
            return;
        }

        // What a result is written over may be read until the end.
        var buffer = ArrayPool<byte>.Shared.Rent(checked((int)copies));
        try
        {
            fixed (byte* start = buffer)
            {
                var next = start;
                for (var i = 0; i < inputs.Length; i++)
                {
                    if (Overlaps(i, inputs, outputs))
                    {
                        Buffer.MemoryCopy((void*)inputs[i], next, Bytes(Inputs[i]), Bytes(Inputs[i]));
                        apart[i] = (nint)next;
                        next += Bytes(Inputs[i]);
                    }
                }

                Plan.Run(apart, outputs);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long Bytes(Node node) => (long)node.Length * node.ElementSize;

    private bool Overlaps(int input, ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (inputs[input] < outputs[i] + Bytes(Outputs[i]) && outputs[i] < inputs[input] + Bytes(Inputs[input]))
            {
                return true;
            }
        }

        return false;
    }
}
