using System.Diagnostics;
using Grad.Functional;
using Xunit;

namespace Properties.Engine;

/// <summary>A table of nodes takes time linear in their number, whatever their ids.</summary>
public class NodeTableCases
{
    // Searched through from node to node this many would take minutes.
    private const int Nodes = 100_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Constants_beside_recorded_nodes_are_found_at_once()
    {
        NDArray<double> x = Ad.Variable<double>(1.0);
        Node[] nodes = [.. Enumerable.Range(0, Nodes).SelectMany(k => new Node[] { x + x, NDArray.Create<double>([k]) })];
        var start = Stopwatch.GetTimestamp();
        var table = new NodeTable();
        for (int k = 0; k < nodes.Length; k++)
            Assert.True(table.TryAdd(nodes[k], k));
        for (int k = 0; k < nodes.Length; k++)
            Assert.Equal(k, table[nodes[k]]);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, s_patience);
    }
}
