using System.Globalization;
using System.Text;

namespace Grad.Functional;

/// <summary>
/// How a function is computed, to look at: the steps in order, what each reads and writes, in which tier it runs, and the memory between them. Made
/// by <c>Ad.Explain</c>, and by <c>Explain</c> of a compiled function. Text is the same on every run and under every culture.
/// </summary>
public sealed class PlanView
{
    private readonly List<StepView> _steps;
    private readonly List<BufferView> _buffers;
    private readonly (int Recorded, int Planned) _ops;
    private readonly string _arguments;

    internal PlanView(List<StepView> steps, List<BufferView> buffers, (int Recorded, int Planned) ops, string arguments, long peakBytes, Exception? failure)
    {
        (_steps, _buffers, _ops, _arguments) = (steps, buffers, ops, arguments);
        (PeakBytes, EmitFailure) = (peakBytes, failure);
    }

    /// <summary>The number of steps.</summary>
    public int StepCount => _steps.Count;

    /// <summary>Bytes of all intermediates and of what steps work in, alive together at their peak: as in <see cref="CompiledStats.PeakBytes"/>.</summary>
    public long PeakBytes { get; }

    /// <summary>Bytes that all steps together read from arrays and write to them in a run; what stays within a step is not counted.</summary>
    public long BytesMoved => _steps.Sum(step => step.BytesRead + step.BytesWritten);

    /// <summary>
    /// Arithmetic of a run, estimated: one for an element of an elementwise op whatever the op, one for each element that is folded, two for each
    /// product of a matrix product.
    /// </summary>
    public long Flops => _steps.Sum(step => step.Flops);

    /// <summary>Groups of fused ops that run as machine code made for them.</summary>
    public int EmittedGroups => _steps.Count(step => step.IsEmitted);

    /// <summary>Groups of fused ops that run op by op, over tiles.</summary>
    public int InterpretedGroups => _steps.Count(step => step.IsInterpreted);

    /// <summary>Why code could not be emitted although it should have been; null if nothing failed.</summary>
    public Exception? EmitFailure { get; }

    /// <summary>The ops that are computed: without those that are the same, or need not be.</summary>
    internal int PlannedOps => _ops.Planned;

    /// <summary>Where intermediates stand, and from which step to which.</summary>
    internal IReadOnlyList<BufferView> Buffers => _buffers;

    /// <summary>The plan: a paragraph for each step, then the intermediates.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_arguments}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Count(_ops.Recorded, "op")} recorded, {_ops.Planned} planned, {Count(_steps.Count, "step")}: ");
        text.Append(CultureInfo.InvariantCulture, $"{Bytes(BytesMoved)} moved, {Number(Flops)} flops, {Bytes(PeakBytes)} of intermediates at the peak\n");
        for (var place = 0; place < _steps.Count; place++)
        {
            var step = _steps[place];
            text.Append(CultureInfo.InvariantCulture, $"\n{place + 1}. {step.Title}\n");
            foreach (var line in step.Work)
            {
                text.Append(CultureInfo.InvariantCulture, $"     {line}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"   reads {List(step.Reads)}: {Bytes(step.BytesRead)}\n");
            text.Append(CultureInfo.InvariantCulture, $"   writes {List(step.Writes)}: {Bytes(step.BytesWritten)}\n");
            text.Append(CultureInfo.InvariantCulture, $"   {Number(step.Flops)} flops; {step.Tier}\n");
        }

        if (_buffers.Count > 0)
        {
            text.Append("\nIntermediates\n");
            foreach (var buffer in _buffers)
            {
                var life = buffer.FirstStep == buffer.LastStep ? $"step {buffer.FirstStep + 1}" : $"steps {buffer.FirstStep + 1} to {buffer.LastStep + 1}";
                text.Append(CultureInfo.InvariantCulture, $"   {buffer.Name}: {Bytes(buffer.Bytes)} at {Number(buffer.Offset)}, {life}\n");
            }
        }

        if (EmitFailure is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nEmission failed: {EmitFailure.Message}\n");
        }

        return text.Append("\nRewrites that change rounding: none\n").ToString();
    }

    private static string List(string[] names) => names.Length == 0 ? "nothing" : string.Join(", ", names);

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => Number(bytes) + (bytes == 1 ? " byte" : " bytes");
}

/// <summary>A step of a plan, in words and figures.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Work">Its ops, a line each.</param>
/// <param name="Reads">What it reads from memory.</param>
/// <param name="Writes">What it leaves there.</param>
/// <param name="BytesRead">How much it reads: each array once.</param>
/// <param name="BytesWritten">How much it writes.</param>
/// <param name="Flops">Its arithmetic, estimated.</param>
/// <param name="Tier">How it runs.</param>
/// <param name="IsEmitted">Whether it is machine code made for it.</param>
/// <param name="IsInterpreted">Whether it could be and is not.</param>
internal sealed record StepView(
    string Title, string[] Work, string[] Reads, string[] Writes, long BytesRead, long BytesWritten, long Flops, string Tier, bool IsEmitted, bool IsInterpreted);

/// <summary>An intermediate in the memory of a plan.</summary>
/// <param name="Name">What it is called in the plan's text, with type and shape.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Bytes">Its memory.</param>
/// <param name="FirstStep">The step that makes it, counted from 0.</param>
/// <param name="LastStep">The last that reads it.</param>
internal sealed record BufferView(string Name, long Offset, long Bytes, int FirstStep, int LastStep);
