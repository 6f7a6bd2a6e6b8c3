using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// What ops say of themselves when a plan is made is so to the bit, on numbers of every kind, and leaves as little to do as it should. That it holds
/// over random programs, <see cref="PlannedIsDirect"/> sees to.
/// </summary>
[Trait("Category", "Leg")]
public class Simplifications
{
    private delegate NDArray<double> Function(NDArray<double> x, NDArray<double> y);

    private delegate NDArray<float> FloatFunction(NDArray<float> x, NDArray<float> y);

    // The ops that are left, of a function of two arrays of one shape.
    private static readonly Dictionary<string, (int Ops, Function F, FloatFunction Float)> s_cases = new()
    {
        ["-(-x)"] = (0, (x, y) => -(-x), (x, y) => -(-x)),
        ["-(-(-x))"] = (1, (x, y) => -(-(-x)), (x, y) => -(-(-x))),
        ["x + (-y)"] = (1, (x, y) => x + (-y), (x, y) => x + (-y)),
        ["(-x) + y"] = (1, (x, y) => (-x) + y, (x, y) => (-x) + y),
        ["x - (-y)"] = (1, (x, y) => x - (-y), (x, y) => x - (-y)),
        ["x - 0"] = (0, (x, y) => x - 0.0, (x, y) => x - 0f),
        ["x - (-0)"] = (1, (x, y) => x - (-0.0), (x, y) => x - (-0f)),
        ["x + 0"] = (1, (x, y) => x + 0.0, (x, y) => x + 0f),
        ["x + (-0)"] = (0, (x, y) => x + (-0.0), (x, y) => x + (-0f)),
        ["1x"] = (0, (x, y) => 1 * x, (x, y) => 1 * x),
        ["x1"] = (0, (x, y) => x * NDArray.Ones<double>(1), (x, y) => x * NDArray.Ones<float>(1)),
        ["0x"] = (1, (x, y) => 0 * x, (x, y) => 0 * x),
        ["-1x"] = (1, (x, y) => -1 * (-1 * (-1 * x)), (x, y) => -1 * (-1 * (-1 * x))),
        ["(-x)(-y)"] = (1, (x, y) => (-x) * (-y), (x, y) => (-x) * (-y)),
        ["(-x)y + xy"] = (2, (x, y) => ((-x) * y) + (x * y), (x, y) => ((-x) * y) + (x * y)),
        ["(-x)x - xx"] = (3, (x, y) => ((-x) * x) - (x * x), (x, y) => ((-x) * x) - (x * x)),
        ["a seed of ones"] = (0, (x, y) => Ad.Grad(v => Sum((v * y) - x), x), (x, y) => Ad.Grad(v => Sum((v * y) - x), x)),
        ["a product joins a sum"] = (4, (x, y) => Ad.Grad(v => Sum(Exp(v) * y + Sin(v) + v), x), (x, y) => Ad.Grad(v => Sum(Exp(v) * y + Sin(v) + v), x)),
        ["xx + x²"] = (2, (x, y) => (x * x) + Square(x), (x, y) => (x * x) + Square(x)),
        ["x/1"] = (0, (x, y) => x / 1, (x, y) => x / 1),
        ["(-x)/(-y)"] = (1, (x, y) => (-x) / (-y), (x, y) => (-x) / (-y)),
        ["(-x)² + |x|²"] = (2, (x, y) => Square(-x) + Square(Abs(x)), (x, y) => Square(-x) + Square(Abs(x))),
        ["||-x||"] = (1, (x, y) => Abs(Abs(-x)), (x, y) => Abs(Abs(-x))),
        ["max(x, x) + min(y, y)"] = (1, (x, y) => Maximum(x, x) + Minimum(y, y), (x, y) => Maximum(x, x) + Minimum(y, y)),
        ["where(m, x, x)"] = (0, (x, y) => Where(x > y, x, x), (x, y) => Where(x > y, x, x)),
        ["where(all, x, y)"] = (0, (x, y) => Where(NDArray.Full(true, x.Shape), x, y), (x, y) => Where(NDArray.Full(true, x.Shape), x, y)),
        ["where(none, x, y)"] = (0, (x, y) => Where(NDArray.Full(false, x.Shape), x, y), (x, y) => Where(NDArray.Full(false, x.Shape), x, y)),
        ["where(!m, x, y)"] = (2, (x, y) => Where(!(x > y), x, y), (x, y) => Where(!(x > y), x, y)),
        ["m & m"] = (2, (x, y) => Where((x > y) & (x > y), x, y), (x, y) => Where((x > y) & (x > y), x, y)),
        ["x[all]"] = (0, (x, y) => x[..], (x, y) => x[..]),
        ["x[1..][1..]"] = (1, (x, y) => x[1..][1..], (x, y) => x[1..][1..]),
        ["x[::2] of x[^1..0]"] = (1, (x, y) => Flip(x, 0)[2..], (x, y) => Flip(x, 0)[2..]),
        ["transposed twice"] = (0, (x, y) => x.Reshape(2, -1).T.T.Reshape(-1), (x, y) => x.Reshape(2, -1).T.T.Reshape(-1)),
        ["transposed three times"] = (1, (x, y) => x.Reshape(2, -1).T.T.T, (x, y) => x.Reshape(2, -1).T.T.T),
        ["a column as a row"] = (0, (x, y) => x.Reshape(-1, 1).T, (x, y) => x.Reshape(-1, 1).T),
        ["permuted twice"] = (1, (x, y) => Permute(Permute(x.Reshape(2, 2, -1), 1, 2, 0), 2, 1, 0), (x, y) => Permute(Permute(x.Reshape(2, 2, -1), 1, 2, 0), 2, 1, 0)),
        ["sum of ones"] = (0, (x, y) => Sum(x.Reshape(-1, 1), 1), (x, y) => Sum(x.Reshape(-1, 1), 1)),
        ["sum of ones across"] = (0, (x, y) => Sum(x.Reshape(1, -1), 0), (x, y) => Sum(x.Reshape(1, -1), 0)),
        ["max of ones"] = (0, (x, y) => Max(x.Reshape(-1, 1), 1), (x, y) => Max(x.Reshape(-1, 1), 1)),
        ["min of ones across"] = (0, (x, y) => Min(x.Reshape(1, -1), 0), (x, y) => Min(x.Reshape(1, -1), 0)),
        ["a chain of them"] = (3, (x, y) => -(1 * (-(x / 1) + (-y))), (x, y) => -(1 * (-(x / 1) + (-y)))),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_changes_but_the_work(string name)
    {
        var (ops, f, single) = s_cases[name];
        double[] kinds = [0.0, -0.0, 1.5, -2.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -1e-310, double.MaxValue, 3, -1];
        var (first, second) = (kinds.SelectMany(x => kinds.Select(_ => x)).ToArray(), kinds.SelectMany(_ => kinds).ToArray());
        Check(ops, (x, y) => f(x, y), NDArray.Create<double>(first), NDArray.Create<double>(second));
        Check(ops, (x, y) => single(x, y), NDArray.Create<float>(Array.ConvertAll(first, x => (float)x)), NDArray.Create<float>(Array.ConvertAll(second, x => (float)x)));
    }

    [Fact]
    public void Casts_that_lose_nothing_are_left_out()
    {
        NDArray<float> x = [1.5f, -0f, float.NaN, float.MaxValue];
        Check(0, (a, _) => a.Cast<double>().Cast<float>(), x, x);
        NDArray<double> y = [1.1, -0.0, double.NaN, double.MaxValue];
        Check(2, (a, _) => a.Cast<float>().Cast<double>(), y, y);
        Check(2, (a, _) => Where((a > 0).Cast<int>().Cast<bool>(), a, 1.0), y, y);
    }

    private static void Check<T>(int ops, Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y) where T : unmanaged
    {
        var compiled = Ad.Compile(f);
        Assert.Equal(NodeBits.Of(f(x, y)), NodeBits.Of(compiled.Invoke(x, y)));
        Assert.True(compiled.Explain().PlannedOps == ops, $"{ops} op(s) should be left:\n{compiled.Explain()}");
    }
}
