using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>Per-sample Jacobians: those of the samples one by one, and the same bits straight from the recording and planned.</summary>
public class SampleJacobians
{
    public static TheoryData<string> Names => [.. s_functions.Keys];

    private static readonly Dictionary<string, Func<NDArray<double>, NDArray<double>>> s_functions = new()
    {
        ["more outputs than inputs"] = p =>
            Stack([p[.., 0] * p[.., 1], Sin(p[.., 0] + Square(p[.., 1])), Square(p[.., 0]) - (3 * p[.., 1])], axis: 1),
        ["more inputs than outputs"] = p => Stack([Sum(p[.., ..2] * p[.., 1..3], 1), Exp(p[.., 3])], axis: 1),
        ["as many"] = p => Tanh(p) * Sum(p, 1, keepDims: true),
        ["one output"] = p => Sum(Square(p), 1, keepDims: true),
        ["infinite slopes"] = p => Stack([Sqrt(p[.., 0] + 1), p[.., 0] * p[.., 1]], axis: 1),
        ["matrices"] = p => Reshape(MatMul(Reshape(p, -1, 2, 2), Transposed(Reshape(p, -1, 2, 2))), -1, 4),
        ["constant"] = p => NDArray.Ones<double>(p.Shape[0], 2),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void They_are_those_of_the_samples(string name)
    {
        var f = s_functions[name];
        var x = (new RandomKey(3).Uniform<double>(67, 4) * 2) - 1;
        x = x.At[3, ..].Set(-NDArray.Ones<double>(4));
        var first = Ad.BatchJacobian(f, x);
        for (var i = 0; i < x.Shape[0]; i++)
        {
            var sample = x[i..(i + 1), ..];
            var expected = Ad.Jacobian(f, sample)[0, .., 0, ..].ToArray();
            var actual = first[i, .., ..].ToArray();
            for (var k = 0; k < expected.Length; k++)
                Assert.True(expected[k].Equals(actual[k]) || Math.Abs(expected[k] - actual[k]) <= 1e-14 * Math.Abs(expected[k]), $"{name}: {expected[k]}, {actual[k]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Planned_ones_have_the_same_bits(string name)
    {
        var f = s_functions[name];
        foreach (var n in (int[])[1, 2, 7, 64, 100, 1000, 1025])
        {
            var x = (new RandomKey((ulong)n).Uniform<double>(n, 4) * 2) - 1;
            var direct = NodeBits.Of(Ad.BatchJacobian(f, x));
            for (var times = 0; times < 3; times++)
                Assert.Equal(direct, NodeBits.Of(Ad.BatchJacobian(f, x)));
            Assert.Equal(direct, NodeBits.Of(Ad.Compile((NDArray<double> v) => Ad.BatchJacobian(f, v)).Invoke(x)));
        }
    }

    private static NDArray<double> Transposed(NDArray<double> x) => Permute(x, 0, 2, 1);
}
