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
    private readonly long[] _inputBytes = Array.ConvertAll(Trace.Inputs, Bytes), _outputBytes = Array.ConvertAll(Trace.Outputs, Bytes);
    private int _calls;
    private volatile TraceDifference? _change;

    /// <summary>What the leaves of the argument are like; without values.</summary>
    public Node[] Inputs => Trace.Inputs;

    /// <summary>What the leaves of the result are like.</summary>
    public Node[] Outputs => Trace.Outputs;

    /// <summary>How many elements the leaves of the argument have.</summary>
    public int[] InputLengths { get; } = Array.ConvertAll(Trace.Inputs, input => input.Length);

    /// <summary>How many elements the leaves of the result have.</summary>
    public int[] OutputLengths { get; } = Array.ConvertAll(Trace.Outputs, output => output.Length);

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

    /// <summary>Computes on memory; results may be written over arguments.</summary>
    public void Run(ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs)
    {
        var copies = 0L;
        for (var i = 0; i < inputs.Length; i++)
        {
            copies += Overlaps(i, inputs[i], outputs) ? _inputBytes[i] : 0;
        }

        if (copies == 0)
        {
            Plan.Run(inputs, outputs);
        }
        else
        {
            RunApart(inputs, outputs, checked((int)copies));
        }
    }

    // What a result is written over may be read until the end, so that arguments it lies over are copied.
    private unsafe void RunApart(ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs, int copies)
    {
        Span<nint> apart = stackalloc nint[inputs.Length];
        inputs.CopyTo(apart);
        var buffer = ArrayPool<byte>.Shared.Rent(copies);
        try
        {
            fixed (byte* start = buffer)
            {
                var next = start;
                for (var i = 0; i < inputs.Length; i++)
                {
                    if (Overlaps(i, inputs[i], outputs))
                    {
                        Buffer.MemoryCopy((void*)inputs[i], next, _inputBytes[i], _inputBytes[i]);
                        apart[i] = (nint)next;
                        next += _inputBytes[i];
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

    private bool Overlaps(int input, nint start, ReadOnlySpan<nint> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
        {
            if (start < outputs[i] + _outputBytes[i] && outputs[i] < start + _inputBytes[input])
            {
                return true;
            }
        }

        return false;
    }
}
