using System.Numerics;
using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast are sums, dot products, extremes and norms, beside TensorPrimitives on the same instruction set?</summary>
public class Reduction : IQuestion
{
    private double[] _x = [], _y = [];

    [Params(1_024, 1_000_000)]
    public int N { get; set; } = 1_024;

    [GlobalSetup]
    public void Setup() => (_x, _y) = (Numbers<double>(N, 1), Numbers<double>(N, 2));

    [Benchmark] public double Sum() => SpanMath.Sum<double>(_x);

    [Benchmark] public double Sum_TensorPrimitives() => TensorPrimitives.Sum<double>(_x);

    [Benchmark] public double Dot() => SpanMath.Dot<double>(_x, _y);

    [Benchmark] public double Dot_TensorPrimitives() => TensorPrimitives.Dot<double>(_x, _y);

    IEnumerable<Row> IQuestion.Rows() =>
        from n in (int[])[1_024, 1_000_000] from row in Of<double>("f64", n).Concat(Of<float>("f32", n)) select row;

    private static IEnumerable<Row> Of<T>(string type, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        yield return Against("sum", x => SpanMath.Sum<T>(x), x => TensorPrimitives.Sum<T>(x));
        yield return Against("dot", x => SpanMath.Dot<T>(x, x), x => TensorPrimitives.Dot<T>(x, x));
        yield return Against("max", x => Fold.Max<T>(x), x => TensorPrimitives.Max<T>(x));
        yield return Against("argmin", x => T.CreateChecked(Fold.ArgMin<T>(x)), x => T.CreateChecked(TensorPrimitives.IndexOfMin<T>(x)));
        yield return Against("norm", x => Fold.Norm<T>(x), x => TensorPrimitives.Norm<T>(x));

        Row Against(string name, Func<T[], T> ours, Func<T[], T> peer) => Row.Against(
            $"{name} {type}, n = {n}, TensorPrimitives",
            () =>
            {
                var x = Numbers<T>(n, 1);
                return (() => ours(x), () => peer(x));
            },
            1.05);
    }

    private static T[] Numbers<T>(int count, int seed)
        where T : IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.NextDouble()))];
    }
}
