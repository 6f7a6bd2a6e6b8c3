using Xunit;
using Xunit.Abstractions;

namespace Properties.Laws;

/// <summary>
/// Comes last (xunit runs what may not run in parallel after everything else): writes the report of the laws, and holds them to it.
/// </summary>
[Collection(nameof(LawReportTests))]
[CollectionDefinition(nameof(LawReportTests), DisableParallelization = true)]
public class LawReportTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Leg")]
    public void Laws_leave_out_little_and_try_special_values()
    {
        string report = LawReport.Write();
        File.WriteAllText(LawReport.Path, report);
        output.WriteLine(report);
        Assert.All(
            LawReport.Entries.GroupBy(entry => (entry.Law, entry.Case.Op)),
            group => Assert.True(LawReport.Excluded(group) <= 5, $"{group.Key}: {LawReport.Excluded(group)} % of the points are excluded."));
        Assert.All(
            LawReport.Entries.GroupBy(entry => entry.Case.Op).Where(op => op.Any(entry => entry.Tally.Drawn > 0)),
            op => Assert.True(op.Any(entry => entry.Tally.Special > 0), $"{op.Key}: no special value was tried."));
    }
}
