using BenchmarkDotNet.Attributes;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is sorting of random numbers, beside the runtime's? Both copy the numbers first.</summary>
public class Sorting : IQuestion
{
    private double[] _x = [], _y = [];
    private float[] _x32 = [], _y32 = [];
    private int[] _indices = [];
    private int _start;

    [Params(100, 1_000, 1_000_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        // Other numbers each time, lest the processor learn their order.
        var random = new Random(1);
        _x = [.. Enumerable.Range(0, N + 100_000).Select(_ => random.NextDouble() - 0.5)];
        _x32 = Array.ConvertAll(_x, x => (float)x);
        (_y, _y32, _indices) = (new double[N], new float[N], new int[N]);
    }

    [Benchmark] public void Sort() => SpanLayout.Sort(Next(_x), _y.AsSpan());

    [Benchmark]
    public void Sort_Runtime()
    {
        Next(_x).CopyTo(_y);
        Array.Sort(_y);
    }

    [Benchmark] public void SortFloat() => SpanLayout.Sort(Next(_x32), _y32.AsSpan());

    [Benchmark]
    public void SortFloat_Runtime()
    {
        Next(_x32).CopyTo(_y32);
        Array.Sort(_y32);
    }

    [Benchmark] public void ArgSort() => SpanLayout.ArgSort(Next(_x), _indices);

    // Not stable.
    [Benchmark]
    public void ArgSort_Runtime()
    {
        Next(_x).CopyTo(_y);
        for (var i = 0; i < _indices.Length; i++)
        {
            _indices[i] = i;
        }

        Array.Sort(_y, _indices);
    }

    private ReadOnlySpan<T> Next<T>(T[] x)
    {
        _start = (_start + N) % 100_000;
        return x.AsSpan(_start, N);
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[100, 1_000, 1_000_000])
        {
            yield return Against($"sort f64, n = {n}", n, q => (q.Sort, q.Sort_Runtime));
            yield return Against($"sort f32, n = {n}", n, q => (q.SortFloat, q.SortFloat_Runtime));
            yield return Against($"argsort f64, n = {n}", n, q => (q.ArgSort, q.ArgSort_Runtime));
        }
    }

    private static Row Against(string name, int n, Func<Sorting, (Action, Action?)> pair) => Row.Against(
        $"{name}, Array.Sort",
        () =>
        {
            var question = new Sorting { N = n };
            question.Setup();
            return pair(question);
        });
}
