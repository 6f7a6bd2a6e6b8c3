using System.Numerics;
using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Functions of small matrices and short vectors: compiled, they are straight-line code on single numbers, with the bits of direct execution, value and
/// gradient.
/// </summary>
[Trait("Category", "Leg")]
public class SmallMatrices
{
    public static TheoryData<string> Names => [.. Functions<double>().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_double(string name) => Check(Functions<double>()[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float(string name) => Check(Functions<float>()[name]);

    [Fact]
    public void A_recursion_of_small_matrices_is_one_step()
    {
        if (!EmittedLoop.IsPossible)
            return;
        var compiled = Ad.Compile(v => Ad.ValueAndGrad(Functions<double>()["recursion"], v), Argument<double>(1));
        var steps = compiled.Explain().StepCount;
        Assert.True(steps <= 3, $"There are {steps} steps.");
    }

    private static NDArray<T> Argument<T>(ulong seed) where T : unmanaged => ((new RandomKey(seed).Uniform<double>(4, 4) * 4) - 2).Cast<T>();

    private static void Check<T>(Func<NDArray<T>, NDArray<T>> f) where T : unmanaged, IFloatingPointIeee754<T>
    {
        NDArray<T>[] arguments =
        [
            Argument<T>(1),
            Argument<T>(2).At[0, ..].Set(NDArray.Zeros<T>(4)).At[2, 1].Set(NDArray.Full(-T.Zero)),
            Argument<T>(3).At[1, 2].Set(NDArray.Full(T.PositiveInfinity)).At[3, 3].Set(NDArray.Full(T.NaN)),
        ];
        foreach (var x in arguments)
        {
            var variable = (NDArray<T>)x.MakeLeaf(VariableOp.Instance, 0, placeholder: false);
            var (value, gradient) = Ad.ValueAndGrad(v => Sum(f(v)), variable);
            var compiled = Ad.Compile((NDArray<T> v) => Ad.ValueAndGrad(w => Sum(f(w)), v));
            var results = compiled.Invoke(x);
            Assert.Equal(NodeBits.Of(value), NodeBits.Of(results.Value));
            Assert.Equal(NodeBits.Of(gradient), NodeBits.Of(results.Grad));
            Assert.Equal(NodeBits.Of(f(variable)), NodeBits.Of(Ad.Compile(f).Invoke(x)));
        }
    }

    private static Dictionary<string, Func<NDArray<T>, NDArray<T>>> Functions<T>() where T : unmanaged, IFloatingPointIeee754<T> => new()
    {
        ["recursion"] = x =>
        {
            NDArray<T> move = NDArray.Eye<T>(4) + (NDArray.Eye<T>(4) * T.CreateChecked(0.25)), state = x, total = T.Zero;
            for (var i = 0; i < 5; i++)
            {
                state = MatMul(MatMul(move, state), Transpose(move)) - (x / T.CreateChecked(3));
                total += Sum(Log(Square(state[0..1, ..]) + T.One)) / (Square(state[3, 3]) + T.One);
            }

            return total;
        },
        ["vectors"] = x => MatMul(x, x[0]) + MatMul(x[1], x) + Dot(x[2], x[3]),
        ["outer products"] = x => (x[..2, ..].Reshape(4, 2) * x[0, ..2]) + Sum(x, 1, keepDims: true),
        ["parts"] = x => Concatenate([x[1..3, ..], Stack([x[0] * x[3], Flip(x[1], 0)], axis: 0)], axis: 0) * x.T,
        ["sums"] = x => Sum(x * x.T, 0) + Mean(Exp(x / T.CreateChecked(4)), 1) - Sum(x),
        ["larger beside"] = x => MatMul(MatMul(x, x.T), NDArray.Ones<T>(4, 20)) * Sum(x),
        ["masks"] = x => Where(x > x.T, MatMul(x, x), x) + Max(x, 0),
    };
}
