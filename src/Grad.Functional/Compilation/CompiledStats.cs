namespace Grad.Functional;

/// <summary>What a compiled function has done.</summary>
/// <param name="Traces">How often f was run to be traced: once for each set of shapes and types, more often if there were too many.</param>
/// <param name="Specializations">For how many sets of shapes and types there is a plan now.</param>
/// <param name="PeakBytes">The most memory that the intermediates of one run take, in bytes.</param>
public readonly record struct CompiledStats(int Traces, int Specializations, long PeakBytes)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Specializations} specialization(s), traced {Traces} time(s), {PeakBytes:N0} bytes of intermediates at most");
}
