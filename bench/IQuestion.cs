namespace Bench;

/// <summary>
/// A question, and the comparisons that answer it. A class of BenchmarkDotNet that is one too stands in <c>bars</c>: it is found by reflection,
/// so to add a question is to add a file.
/// </summary>
internal interface IQuestion
{
    /// <summary>The comparisons; none of them sets anything up before it is wanted.</summary>
    IEnumerable<Row> Rows();
}
