using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// Where to cut a program, by a model of processors that execute out of order. As long as several iterations of a loop fit into the window of
/// instructions that wait for their operands, they overlap, and only the number of instructions counts; of a longer one each iteration waits
/// for its own longest chain. A cut makes iterations shorter, and costs a store and a load for every value that crosses it.
/// </summary>
internal sealed class StageCosts(MicroProgram program, int[] order, int[] crossing, VectorCode vectors)
{
    // Instructions that wait, and those executed in a cycle.
    private const double Window = 256;
    private const double Width = 2.5;

    // Cycles: of most instructions until the result, of a value that crosses a cut, of a loop about its work.
    private const double Latency = 4;
    private const double Cross = 2;
    private const double Loop = 3;

    // What is longer never pays; and the JIT no longer optimises a method that is much longer.
    private const int Longest = 150;

    /// <summary>The place in the order after each stage's last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public List<int> Ends()
    {
        var best = new double[order.Length + 1];
        var begin = new int[order.Length + 1];
        Array.Fill(best, double.PositiveInfinity);
        best[0] = 0;
        var micros = Array.ConvertAll(order, place => program.Micros[place]);
        var slowness = Array.ConvertAll(micros, micro => Slowness(micro.Op));
        var index = new int[program.Micros.Count];
        Array.Fill(index, -1);
        for (var k = 0; k < order.Length; k++)
        {
            index[order[k]] = k;
        }

        var depth = new double[order.Length];
        for (var start = 0; start < order.Length; start++)
        {
            var (work, longest, length) = (0.0, 0.0, 0);
            for (var k = start; k < order.Length && (k == start || length < Longest); k++)
            {
                length += vectors.Length(micros[k].Op);
                depth[k] = 0;
                for (var operand = 0; operand < micros[k].Op.Operands; operand++)
                {
                    var at = index[micros[k].Operand(operand)];
                    depth[k] = at >= start ? Math.Max(depth[k], depth[at]) : depth[k];
                }

                depth[k] += Latency * slowness[k];
                work += slowness[k];
                longest = Math.Max(longest, depth[k]);
                var overlapping = Math.Max(1, Window / (k + 1 - start));
                var time = best[start] + Math.Max(work / Width, longest / overlapping) + Loop + (Cross * crossing[k + 1]);
                if (time < best[k + 1])
                {
                    (best[k + 1], begin[k + 1]) = (time, start);
                }
            }
        }

        var ends = new List<int> { order.Length };
        for (var end = begin[order.Length]; end > 0; end = begin[end])
        {
            ends.Insert(0, end);
        }

        return ends;
    }

    private static double Slowness(MicroOp op) => op == MicroOp.Divide ? 4 : op == MicroOp.Sqrt ? 6 : op == MicroOp.Remainder ? 50 : 1;
}
