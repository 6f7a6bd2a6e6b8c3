using System.Numerics;
using System.Runtime.InteropServices;
using Grad.Functional;
using Grad.Simd;
using Properties.Engine;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Threads;

/// <summary>Ops that are computed on their own, outside a plan and inside, have the same bits for any number of threads.</summary>
public sealed class DividedOps : IDisposable
{
    public static TheoryData<int[]> Shapes => new() { new[] { 300, 401 }, new[] { 5, 40_001 }, new[] { 40_001, 5 }, new[] { 60, 33, 41 } };

    public DividedOps() => Team.CallsAtOnce = true;

    public void Dispose() => Team.CallsAtOnce = false;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_number_of_threads_changes_no_bit(int[] shape)
    {
        Check<double>(shape);
        Check<float>(shape);
    }

    [Fact]
    public void Inside_a_piece_nothing_is_divided()
    {
        var x = new RandomKey(1).Normal<double>(300, 401);
        var expected = NodeBits.Of(Softmax(Sin(x)));
        Team.IsInside = true;
        try
        {
            Assert.Equal(expected, NodeBits.Of(Softmax(Sin(x))));
        }
        finally
        {
            Team.IsInside = false;
        }
    }

    private static void Check<T>(int[] shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new RandomKey((ulong)shape[0]).Normal<T>(shape);
        var y = new RandomKey(9).Normal<T>(shape);
        NDArray<T> two = T.CreateChecked(2);
        foreach (var (name, op) in Ops<T>(y, two))
        {
            var alone = Run(1);
            foreach (int degree in (int[])[2, 3, 16])
                Assert.True(alone == Run(degree), $"{name}, {degree} threads, {typeof(T).Name}, {x.Shape}");

            string Run(int degree)
            {
                using var scope = OptionsScope.Enter(new GradOptions { MaxDegreeOfParallelism = degree });
                return Bits(op(x));
            }
        }
    }

    private static string Bits(Node node) => node switch
    {
        NDArray<bool> mask => Convert.ToHexString(MemoryMarshal.AsBytes(mask.AsSpan())),
        NDArray<int> indices => Convert.ToHexString(MemoryMarshal.AsBytes(indices.AsSpan())),
        _ => NodeBits.Of(node),
    };

    private static IEnumerable<(string Name, Func<NDArray<T>, Node> Op)> Ops<T>(NDArray<T> y, NDArray<T> two) where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return ("Sin", Sin);
        yield return ("Multiply", x => x * y);
        yield return ("Multiply by a number", x => x * two);
        yield return ("Divide a number", x => two / x);
        yield return ("Less", x => x < y);
        yield return ("Less than a number", x => x < two);
        yield return ("Where", x => Where(x < y, x, y));
        yield return ("Where, number", x => Where(x < y, two, y));
        yield return ("Not", x => !(x < y));
        foreach (int axis in (int[])[0, -1])
        {
            yield return ($"Sum {axis}", x => Sum(x, axis));
            yield return ($"Max {axis}", x => Max(x, axis));
            yield return ($"ArgMax {axis}", x => ArgMax(x, axis));
            yield return ($"LogSumExp {axis}", x => LogSumExp(x, axis));
            yield return ($"Softmax {axis}", x => Softmax(x, axis));
            yield return ($"LogSoftmax {axis}", x => LogSoftmax(x, axis));
            yield return ($"CumSum {axis}", x => CumSum(x, axis));
            yield return ($"Norm {axis}", x => Norm(x, axis));
            yield return ($"Variance {axis}", x => Variance(x, axis));
        }

        yield return ("Sum", Sum);
        yield return ("MatMul", x => x.Rank == 2 ? MatMul(x, Transpose(x[..Math.Min(x.Shape[0], 64)])) : MatMul(x, Transpose(x[0])));
    }
}
