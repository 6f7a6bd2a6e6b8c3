using System.Diagnostics.CodeAnalysis;

namespace Grad.Functional;

/// <summary>
/// A graph made ready to run many times: steps, and the memory that they share. Immutable; any number of threads may run it at once,
/// each in a workspace of its own.
/// </summary>
internal sealed unsafe class Plan
{
    // To emit code takes as long as some ten million elements of one op take without.
    private const long BreakEven = 10_000_000;

    // Small workspaces a plan keeps, and their addresses with them.
    private const long MaxOwn = 1 << 16;

    private readonly Step[] _steps;
    private readonly long _work;
    private readonly PlanMemory _memory;

    // The workspaces that no run uses: one at hand, the others behind it.
    private readonly Lock _lock = new();
    private readonly Stack<Workspace> _others = new();
    private Workspace? _spare;

    // Work to do before code is emitted.
    private long _left = BreakEven;

    /// <param name="steps">The work, in order.</param>
    /// <param name="memory">Where everything stands.</param>
    public Plan(Step[] steps, PlanMemory memory)
    {
        (_steps, _memory) = (steps, memory);
        _work = steps.Sum(step => step.Work);
    }

    /// <summary>Bytes of all intermediates that are alive together, at their peak.</summary>
    public long PeakBytes => _memory.Bytes;

    /// <summary>The steps, in order.</summary>
    public ReadOnlySpan<Step> Steps => _steps;

    /// <summary>Whether code is emitted, in the background, once the plan has done as much as that costs.</summary>
    public bool EmitsWhenHot { get; set; } = true;

    /// <summary>What went wrong when code was to be emitted: the plan runs on as it is then, with the same results.</summary>
    public Exception? EmitFailure { get; private set; }

    /// <summary>Emits machine code for every step that can have it, now.</summary>
    public void Emit()
    {
        // Often in the background, where nobody could catch: what fails here must not end the process.
        try
        {
            foreach (var step in _steps)
            {
                step.Emit();
            }
        }
        catch (Exception failure)
        {
            EmitFailure = failure;
        }
    }

    /// <summary>Computes the outputs. Nothing is allocated but for a workspace when there is none at hand.</summary>
    /// <param name="inputs">Addresses of the inputs' elements; they are not written to, and none overlaps an output.</param>
    /// <param name="outputs">Addresses of room for the outputs' elements.</param>
    /// <exception cref="OperationCanceledException">The token that holds was cancelled; the outputs are not whole.</exception>
    /// <exception cref="InsufficientMemoryException">The intermediates need more than the budget that holds.</exception>
    public void Run(ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> outputs)
    {
        if (_steps.Length == 0)
        {
            return;
        }

        OptionsScope.CheckBudget(PeakBytes);
        var workspace = Rent();
        try
        {
            var table = workspace.Table;
            for (var i = 0; i < inputs.Length; i++)
            {
                table[i] = inputs[i];
            }

            for (var i = 0; i < outputs.Length; i++)
            {
                table[inputs.Length + i] = outputs[i];
            }

            var token = OptionsScope.Token;
            foreach (var step in _steps)
            {
                token.ThrowIfCancellationRequested();
                step.Run(table);
            }

            Warm();
        }
        finally
        {
            Return(workspace);
        }
    }

    // A plan that has done as much as it costs to emit code for it will probably do as much again.
    private void Warm()
    {
        if (_work == 0 || !EmitsWhenHot || Volatile.Read(ref _left) <= 0)
        {
            return;
        }

        if (Interlocked.Add(ref _left, -_work) is var left && left <= 0 && left + _work > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static plan => plan.Emit(), this, preferLocal: false);
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Whoever rents returns.")]
    private Workspace Rent()
    {
        var size = Workspace.Size(_memory.SlotCount, _memory.Bytes);
        if (size <= MaxOwn)
        {
            if (Interlocked.Exchange(ref _spare, null) is { } spare)
            {
                return spare;
            }

            lock (_lock)
            {
                if (_others.TryPop(out var other))
                {
                    return other;
                }
            }
        }

        var workspace = size <= MaxOwn ? new Workspace(size) : WorkspacePool.Rent(size);
        _memory.Prepare(workspace);
        return workspace;
    }

    private void Return(Workspace workspace)
    {
        if (Workspace.Size(_memory.SlotCount, _memory.Bytes) > MaxOwn)
        {
            WorkspacePool.Return(workspace);
        }
        else if (Interlocked.CompareExchange(ref _spare, workspace, null) is not null)
        {
            lock (_lock)
            {
                _others.Push(workspace);
            }
        }
    }
}
