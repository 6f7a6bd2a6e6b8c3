using System.Numerics;
using Grad.Functional;

namespace Properties.Laws;

/// <summary>The Jacobian of an op at a point, all of its blocks, as a measure of what products with it may lose to rounding.</summary>
internal sealed class LinearMap
{
    private readonly double[][,] _blocks;

    private LinearMap(double[][,] blocks) => _blocks = blocks;

    /// <summary>
    /// The roundings that lie one behind the other in a product with the map: a product, and the sum of as many terms as the larger side
    /// has elements; two more for a scaled or added seed.
    /// </summary>
    public int Roundings => 3 + Rows + Inputs;

    /// <summary>The block of an input, from forward mode.</summary>
    public double[,] this[int input] => _blocks[input];

    private int Rows => _blocks.Max(block => block.GetLength(0));

    private int Inputs => _blocks.Sum(block => block.GetLength(1));

    /// <summary>
    /// The map at a point, and the op there; where slopes are not finite, or so large that a product with a seed could overflow, the
    /// element is excluded: one from the middle of the domain takes its place.
    /// </summary>
    public static (OpCall<T> Call, LinearMap Map) At<T>(OpPoint point, Tally tally)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double limit = double.CreateChecked(T.CreateSaturating(double.MaxValue)) / 1024;
        for (; ; )
        {
            var call = point.As<T>();
            double[][,] blocks = [.. Enumerable.Range(0, call.Inputs.Length).Select(input => call.Jacobian(input, JacobianMode.Forward))];
            bool[][] steep = Array.ConvertAll(blocks, block => Columns(block, limit));
            int count = steep.Sum(columns => columns.Count(isSteep => isSteep));
            if (count == 0)
                return (call, new LinearMap(blocks));
            tally.Exclude(count);
            point = point.Tame(steep);
        }
    }

    /// <summary>Σ |wᵢ| |Jᵢⱼ| |tⱼ|.</summary>
    public double Magnitude<T>(NDArray<T>[] tangents, NDArray<T> cotangent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] pushed = Push(tangents), weights = Seeds.Doubles(cotangent);
        return pushed.Select((x, i) => x * Math.Abs(weights[i])).Sum();
    }

    /// <summary>Σⱼ |Jᵢⱼ| |tⱼ| for each row.</summary>
    public double[] Push<T>(NDArray<T>[] tangents)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] sums = new double[Rows];
        for (int b = 0; b < _blocks.Length; b++)
        {
            double[] t = Seeds.Doubles(tangents[b]);
            for (int i = 0; i < _blocks[b].GetLength(0); i++)
            {
                for (int j = 0; j < t.Length; j++)
                    sums[i] += Math.Abs(_blocks[b][i, j] * t[j]);
            }
        }

        return sums;
    }

    /// <summary>Σᵢ |wᵢ| |Jᵢⱼ| for each column of a block.</summary>
    public double[] Pull<T>(int block, NDArray<T> cotangent)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] sums = new double[_blocks[block].GetLength(1)], w = Seeds.Doubles(cotangent);
        for (int i = 0; i < _blocks[block].GetLength(0); i++)
        {
            for (int j = 0; j < sums.Length; j++)
                sums[j] += Math.Abs(w[i] * _blocks[block][i, j]);
        }

        return sums;
    }

    private static bool[] Columns(double[,] block, double limit)
    {
        var steep = new bool[block.GetLength(1)];
        for (int i = 0; i < block.GetLength(0); i++)
        {
            for (int j = 0; j < steep.Length; j++)
                steep[j] |= !(Math.Abs(block[i, j]) < limit);
        }

        return steep;
    }
}
