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
        foreach (var op in LawReport.Entries.GroupBy(entry => entry.Case.Op))
        {
            long drawn = op.Sum(entry => entry.Tally.Drawn), excluded = op.Sum(entry => entry.Tally.Excluded);
            Assert.True(20 * excluded <= drawn, $"{op.Key}: {excluded} of {drawn} points are excluded.");
            Assert.True(drawn == 0 || op.Any(entry => entry.Tally.Special > 0), $"{op.Key}: no special value among {drawn} points.");
        }
    }
}
