using System.Numerics;
using System.Runtime.InteropServices;
using Bench.Peers;
using Grad.Simd;

namespace Bench;

/// <summary>How fast are loops that wait for memory, beside the same in C (gcc -O3 -march=native, sums free to be reordered)?</summary>
internal sealed unsafe class MemoryBound : IQuestion
{
    private static readonly Lazy<nint> s_loops = new(
        () => CompiledC.Load("loops_peer.c", "-O3", "-march=native", "-fassociative-math", "-fno-signed-zeros", "-fno-trapping-math"));

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[16, 1_024, 65_536, 1 << 20, 1 << 24])
        {
            foreach (var operation in (string[])["add", "mul", "axpy", "sum", "dot"])
            {
                yield return Row.Against($"{operation} f64, n = {n}, gcc", () => At<double>("f64", operation, n), 1.05);
                yield return Row.Against($"{operation} f32, n = {n}, gcc", () => At<float>("f32", operation, n), 1.05);
            }
        }
    }

    private static (Action, Action?) At<T>(string type, string operation, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(1);
        T[] x = Numbers(), y = Numbers(), z = Numbers();
        Action ours = operation switch
        {
            "add" => () => SpanMath.Add<T>(x, y, z),
            "mul" => () => SpanMath.Multiply<T>(x, y, z),
            "axpy" => () => SpanBlas.Axpy<T>(T.CreateChecked(1e-9), x, z),
            "sum" => () => z[0] = SpanMath.Sum<T>(x),
            _ => () => z[0] = SpanMath.Dot<T>(x, y),
        };
        if (s_loops.Value == 0)
        {
            return (ours, null);
        }

        var loop = (delegate* unmanaged<T*, T*, T*, nint, void>)NativeLibrary.GetExport(s_loops.Value, $"{type}_{operation}");
        Action theirs = () =>
        {
            fixed (T* px = x, py = y, pz = z)
            {
                loop(px, py, pz, n);
            }
        };
        return (ours, theirs);

        T[] Numbers()
        {
            var numbers = new T[n];
            foreach (ref var value in numbers.AsSpan())
            {
                value = T.CreateChecked(random.NextDouble());
            }

            return numbers;
        }
    }
}
