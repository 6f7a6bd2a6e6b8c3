namespace Grad.Functional;

/// <summary>What a compiled function has done.</summary>
/// <param name="Traces">How often f was run to be traced: once for each set of shapes and types, more often if there were too many.</param>
/// <param name="Specializations">For how many sets of shapes and types there is a plan now.</param>
/// <param name="PeakBytes">The most memory that the intermediates of one run take, in bytes.</param>
/// <param name="EmittedGroups">Groups of fused ops, on arrays or on single numbers, that run as machine code made for them.</param>
/// <param name="InterpretedGroups">Groups of fused ops that run op by op: all of them where code cannot be emitted.</param>
public readonly record struct CompiledStats(int Traces, int Specializations, long PeakBytes, int EmittedGroups, int InterpretedGroups)
{
    /// <summary>
    /// Why code could not be emitted for a group although it should have been: the group is interpreted then, with the same results. Null if
    /// nothing failed; anything else is a fault of this library, to be reported.
    /// </summary>
    public Exception? EmitFailure { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Specializations} specialization(s), traced {Traces} time(s), {PeakBytes:N0} bytes of intermediates at most, ")
        + FormattableString.Invariant($"{EmittedGroups} group(s) emitted, {InterpretedGroups} interpreted")
        + (EmitFailure is null ? "" : $", emission failed: {EmitFailure.Message}");
}
