using System.Numerics;
using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Functions written over batches of small problems: their values, gradients and per-sample Jacobians have the bits of direct execution when their plans take
/// them apart into components, around the ends of vectors and tiles.
/// </summary>
[Trait("Category", "Leg")]
public class BatchesAreDirect
{
    private static readonly int[] s_counts = [1, 2, 7, 15, 16, 17, 31, 33, 64, 100, 129, 1000, 1025];

    public static TheoryData<string> Names => [.. Batches<double>.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_double(string name) => Check(Batches<double>.All[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float(string name) => Check(Batches<float>.All[name]);

    private static void Check<T>(Func<NDArray<T>, NDArray<T>> f) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var n in s_counts)
        {
            var x = ((new RandomKey((ulong)n).Uniform<double>(n, 6) * 4) - 2).Cast<T>();
            if (n > 3)
                x = x.At[3, ..].Set(NDArray.Zeros<T>(6)).At[2, 1].Set(NDArray.Full(-T.Zero));

            // Loss over the batch; the batch's own outputs; samples one by one.
            Compare(n, x, v => Ad.Grad(w => Sum(Square(f(w))), v));
            Compare(n, x, f);
            if (n <= 129)
                Compare(n, x, v => Ad.BatchJacobian(f, v));
        }
    }

    private static void Compare<T>(int n, NDArray<T> x, Func<NDArray<T>, NDArray<T>> g) where T : unmanaged
    {
        // A variable is left to be differentiated again: no plan is made of what derives from it.
        string direct = NodeBits.Of(g((NDArray<T>)x.MakeLeaf(VariableOp.Instance, 0, placeholder: false)));
        for (int times = 0; times < 3; times++)
            Assert.True(direct == NodeBits.Of(g(x)), $"{n} samples, planned: {direct} but {NodeBits.Of(g(x))}");
        var compiled = Ad.Compile(g);
        Assert.True(direct == NodeBits.Of(compiled.Invoke(x)), $"{n} samples, compiled: {direct} but {NodeBits.Of(compiled.Invoke(x))}");
    }
}

/// <summary>Functions from [N, 6] to [N, …].</summary>
internal static class Batches<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly NDArray<T> s_weights = NDArray.Create([T.CreateChecked(0.5), T.CreateChecked(-1.25), T.CreateChecked(2)]);

    public static Dictionary<string, Func<NDArray<T>, NDArray<T>>> All { get; } = new()
    {
        ["notebook"] = p => (p[.., 0] * p[.., 1]) + Sin(p[.., 0] * Square(p[.., 1])),
        ["stack"] = p => Stack([p[.., 0] * p[.., 1], Sin(p[.., 0] + Square(p[.., 4])), Square(p[.., 3]) - (3 * p[.., 5])], axis: 1),
        ["stack first"] = p => Permute(Stack([p[.., 0] * p[.., 1], Exp(p[.., 2]), p[.., 3]], axis: 0), 1, 0),
        ["concatenate"] = p => Concatenate([p[.., ..2] * p[.., 2..4], Tanh(p[.., 3..]), -p[.., 1..2]], axis: 1),
        ["short sums"] = p => Sum(p * Exp(p), 1),
        ["sums of matrices"] = p => Sum(Sin(Reshape(p, -1, 2, 3)), 1) + Sum(Reshape(p, -1, 3, 2) * Reshape(p, -1, 3, 2), [1, 2]).Reshape(-1, 1),
        ["means"] = p => (p - Mean(p, 1, keepDims: true)) * Mean(Square(p), 1, keepDims: true),
        ["products"] = p => Reshape(MatMul(Reshape(p, -1, 2, 3), Permute(Reshape(Sin(p), -1, 2, 3), 0, 2, 1)), -1, 4),
        ["shared matrix"] = p => MatMul(Reshape(p, -1, 2, 3), Reshape(NDArray.Create<T>([.. s_weights.ToArray(), .. s_weights.ToArray()]), 3, 2)).Reshape(-1, 4) * p[.., ..1],
        ["vectors"] = p => MatMul(Reshape(p[.., ..4], -1, 2, 2), p[.., 4..].Reshape(-1, 2, 1)).Reshape(-1, 2),
        ["weights"] = p => (p[.., ..3] * s_weights) + Sqrt(Square(p[.., 3..]) + Square(s_weights)),
        ["masks"] = p => Where(p[.., ..3] > p[.., 3..], Sqrt(p[.., ..3] - p[.., 3..]), NDArray.Zeros<T>(3)),
        ["padded"] = p => Pad(p[.., 1..3] * p[.., 4..], [0, 1], [0, 2]) + p[.., ..5],
        ["flipped"] = p => Flip(p, 1) * Exp(p),
        ["extremes"] = p => Maximum(p[.., ..2], p[.., 2..4]) - Minimum(p[.., 4..], p[.., ..2]),
        ["whole batch"] = p => (p * Sum(p, 0)) - Flip(p, 0),
        ["softmax"] = p => Softmax(p[.., ..4] * 2) * p[.., 1..5],
        ["rolled"] = p => Roll(p, 2, 1) * p[.., 0..1],
        ["diagonals"] = p => Diagonal(Reshape(p[.., ..4], -1, 2, 2)) * Diagonal(MatMul(Reshape(p[.., 2..], -1, 2, 2), Reshape(p[.., ..4], -1, 2, 2))),
        ["scalars"] = p => p[.., 0..2] / (Square(p[.., 2..3]) + 1) * Log(Square(p[.., 3..4]) + 2),
        ["norm"] = p => p / Sqrt(Sum(Square(p), 1, keepDims: true) + 1),
    };
}
