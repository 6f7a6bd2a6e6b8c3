using System.Numerics;
using Grad.Functional;

namespace Properties.Laws;

/// <summary>The Jacobian of an op at a point, all of its blocks, as a measure of what products with it may lose to rounding.</summary>
internal sealed class LinearMap
{
    private readonly double[][,] _blocks;

    private LinearMap(double[][,] blocks) => _blocks = blocks;

    /// <summary>Whether no element is NaN, infinite, or so large that a product with a seed could overflow.</summary>
    public bool IsFinite { get; private init; }

    /// <summary>
    /// The roundings that lie one behind the other in a product with the map: a product, and the sum of as many terms as the larger side
    /// has elements; two more for a scaled or added seed.
    /// </summary>
    public int Roundings => 3 + Rows + Columns;

    /// <summary>The block of an input, from forward mode.</summary>
    public double[,] this[int input] => _blocks[input];

    private int Rows => _blocks.Max(block => block.GetLength(0));

    private int Columns => _blocks.Sum(block => block.GetLength(1));

    /// <summary>The map at a point.</summary>
    public static LinearMap Of<T>(OpCall<T> call)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[][,] blocks = [.. Enumerable.Range(0, call.Inputs.Length).Select(input => call.Jacobian(input, JacobianMode.Forward))];
        double limit = double.CreateChecked(T.CreateSaturating(double.MaxValue)) / 1024;
        return new LinearMap(blocks) { IsFinite = Array.TrueForAll(blocks, block => IsBelow(block, limit)) };
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

    private static bool IsBelow(double[,] block, double limit)
    {
        for (int i = 0; i < block.GetLength(0); i++)
        {
            for (int j = 0; j < block.GetLength(1); j++)
            {
                if (!(Math.Abs(block[i, j]) < limit))
                    return false;
            }
        }

        return true;
    }
}
