using Grad.Functional;
using Properties.Engine;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Values;

/// <summary>Functions that read an array element by element: their derivatives are those of the function on whole arrays, at a cost that grows with the reads.</summary>
public class ReadsOfElements
{
    private static readonly (string Name, Func<NDArray<double>, NDArray<double>> ByElements, Func<NDArray<double>, NDArray<double>> Whole)[] s_functions =
    [
        ("positions", x => Total(x.Length, i => x[i] * x[i] * x[(i + 1) % x.Length]), x => Sum(x * x * Roll(x))),
        ("linear", x => Total(x.Length, i => x[i]), x => Sum(x)),
        ("ranges", x => Total(x.Length - 1, i => Sum(Sin(x[i..(i + 2)]))), x => Sum(Sin(x[..^1])) + Sum(Sin(x[1..]))),
        ("index arrays", x => Total(x.Length, i => Sum(Square(x[[i, i, 0]]))), x => (2 * Sum(Square(x))) + (x.Length * Square(x[0]))),
        ("rows", x => OfRows(Reshape(x, -1, 2)), x => Sum(Prod2(Reshape(x, -1, 2)))),
        ("columns by index", x => OfColumns(Reshape(x, 2, -1)), x => Sum(Square(x))),
        ("whole as well", x => Sum(Exp(x)) + Total(x.Length, i => x[^(i + 1)] * x[i]), x => Sum(Exp(x)) + Sum(x * x[NDIndex.Every(-1)])),
        ("read of what was read", x => Total(x.Length - 2, i => x[i..(i + 2)][0] * x[(i + 1)..(i + 2)][0]), x => Sum(x[..^2] * x[1..^1])),
        ("infinite slopes", x => OfRoots(Sqrt(x - x[0])), x => Sum(Sqrt(x[1..] - x[0]))),
        ("masks", x => OfMask(x, x > 1.5), x => Sum(Where(x > 1.5, x * x, x))),
        ("a branch not taken", x => Total(x.Length, i => Where(x[i] > 2, Log(x[i] - 2), x[i])), x => Sum(Where(x > 2, Log(x - 2), x))),
    ];

    public static TheoryData<string> Names => [.. Array.ConvertAll(s_functions, function => function.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_of_two_orders_are_those_of_the_whole(string name)
    {
        var (_, f, g) = Array.Find(s_functions, function => function.Name == name);
        var x = 0.5 + Sqrt(NDArray.Arange<double>(6) * 0.7);
        for (var times = 0; times < 3; times++)
        {
            AreClose(Ad.Grad(g, x), Ad.Grad(f, x));
            AreClose(Ad.Hessian(g, x), Ad.Hessian(f, x));
            AreClose(Ad.HessianVectorProduct(g, x, Cos(x)), Ad.HessianVectorProduct(f, x, Cos(x)));
            AreClose(Ad.Jacobian(Ad.Grad(g), x, JacobianMode.Reverse), Ad.Jacobian(Ad.Grad(f), x, JacobianMode.Reverse));
            Assert.Equal(NodeBits.Of(Ad.Grad(f, x)), NodeBits.Of(Ad.Compile(Ad.Grad(f), x).Invoke(x)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cost_grows_with_the_reads(string name)
    {
        var (_, f, _) = Array.Find(s_functions, function => function.Name == name);
        var (few, many) = (Elements(f, 32), Elements(f, 128));
        Assert.True(many <= 6 * few, $"{few} elements for 32 reads, {many} for 128");
    }

    [Fact]
    public void What_was_computed_meanwhile_is_added_up_in_the_same_order()
    {
        // The cotangent of the slice reaches x twice, itself and negated: the second is computed at once when nothing in it is traced.
        NDArray<float> x = 1, one = 1;
        NDArray<float> F(NDArray<float> a) => Slice.Of(a - a, [], [], []) * one + Hypot(a, a) * one;
        var expected = NodeBits.Of(Ad.Compile(Ad.Grad<NDArray<float>, float>(F), x).Invoke(x));
        for (var call = 0; call < 4; call++)
        {
            Assert.Equal(expected, NodeBits.Of(Ad.Grad<NDArray<float>, float>(F, x)));
        }
    }

    [Theory]
    [InlineData(0.5, 1.5, -2)]
    [InlineData(1e30, 300, -2)]
    [InlineData(double.NaN, -0.0, double.PositiveInfinity)]
    public void Single_numbers_are_put_together_where_they_are_computed(double a, double b, double c)
    {
        // Where an argument is outside the range that emitted code is for, kernels do it again.
        static NDArray<T> F<T>(NDArray<T> x) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            Stack<T>([Sin(x[0]), Exp(x[1]) * x[2], x[2], T.One, -x[0]]);

        Check<double>([a, b, c]);
        Check<float>([(float)a, (float)b, (float)c]);

        static void Check<T>(NDArray<T> x) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            var value = Ad.Compile((NDArray<T> v) => F(v), x);
            var gradient = Ad.Compile((NDArray<T> v) => Ad.Grad<NDArray<T>, T>(u => Sum(F(u) * F(u)), v), x);
            Assert.Equal(NodeBits.Of(F(x)), NodeBits.Of(value.Invoke(x)));
            Assert.Equal(NodeBits.Of(Ad.Grad<NDArray<T>, T>(u => Sum(F(u) * F(u)), x)), NodeBits.Of(gradient.Invoke(x)));
            Assert.Contains("join", value.Explain().ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Single_numbers_are_read_where_they_stand()
    {
        static NDArray<float> F(NDArray<float> x)
        {
            var y = Exp(x);
            return Sin(x[0] * y[2]) + Where((x > 1)[1], y[1] * x[1], x[2]) + Cos(x[^1] * x[0]);
        }

        NDArray<float> x = [0.5f, 1.5f, -2f];
        var compiled = Ad.Compile(Ad.ValueAndGrad<float>(F), x);
        for (var times = 0; times < 3; times++)
        {
            var (value, gradient) = Ad.ValueAndGrad<float>(F, x);
            Assert.Equal(NodeBits.Of(value), NodeBits.Of(compiled.Invoke(x).Value));
            Assert.Equal(NodeBits.Of(gradient), NodeBits.Of(compiled.Invoke(x).Grad));
        }

        // What is placed in an array is an operand of another kind.
        var plan = compiled.Explain().ToString();
        Assert.True(!plan.Contains("Single [1] = Slice(", StringComparison.Ordinal), plan);
    }

    // Of all that the gradient is computed from, what the function itself computes apart.
    private static long Elements(Func<NDArray<double>, NDArray<double>> f, int n)
    {
        var x = Ad.Variable(0.5 + Sqrt(NDArray.Arange<double>(n)));
        var output = f(x);
        var gradient = Ad.Grad(output, x);
        var (elements, seen, pending) = (0L, new HashSet<Node>(ReferenceEqualityComparer.Instance), new Stack<Node>([gradient]));
        while (pending.TryPop(out var node))
        {
            if (node.HasValue || !seen.Add(node))
                continue;

            elements += node.Id > output.Id && !node.Op!.IsView && node.Op is not Broadcast ? node.Length : 0;
            for (var i = 0; i < node.OperandCount; i++)
                pending.Push(node.Operand(i));
        }

        return elements;
    }

    private static void AreClose(NDArray<double> expected, NDArray<double> actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach (var (x, y) in expected.ToArray().Zip(actual.ToArray()))
            Assert.True(x.Equals(y) || Math.Abs(x - y) <= 1e-12 * (1 + Math.Abs(x)), $"{x}, {y}");
    }

    private static NDArray<double> Total(int count, Func<int, NDArray<double>> term)
    {
        var sum = term(0);
        for (var i = 1; i < count; i++)
            sum += term(i);

        return sum;
    }

    private static NDArray<double> OfRows(NDArray<double> x) => Total(x.Shape[0], i => x[i][0] * x[i][1]);

    private static NDArray<double> OfColumns(NDArray<double> x) => Total(x.Shape[1], i => Sum(Square(Take(x, i, axis: 1))));

    // The slope of the first is infinite, and not asked for.
    private static NDArray<double> OfRoots(NDArray<double> x) => Total(x.Length - 1, i => x[i + 1]);

    private static NDArray<double> OfMask(NDArray<double> x, NDArray<bool> mask) => Total(x.Length, i => Where(mask[i], x[i] * x[i], x[i]));

    private static NDArray<double> Roll(NDArray<double> x) => Concatenate<double>([x[1..], x[..1]]);

    private static NDArray<double> Prod2(NDArray<double> x) => x[.., 0] * x[.., 1];
}
