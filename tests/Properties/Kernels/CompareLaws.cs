using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Comparisons as IEEE 754 and C# have them, at every length and place; three-operand maps of masks and numbers beside them.</summary>
[Trait("Category", "Leg")]
public class CompareLaws
{
    private const int MaxLength = 257;

    [Fact]
    public void Doubles_compare_as_in_the_language() => CheckAll<double>();

    [Fact]
    public void Floats_compare_as_in_the_language() => CheckAll<float>();

    [Fact]
    public void Bad_calls_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Compare.Run(default(Less), new double[3], new double[4], new bool[4]));
        Assert.Throws<ArgumentException>(() => Compare.Run(default(Less), new double[4], 1.0, new bool[3]));
        Assert.Throws<NotSupportedException>(() => Compare.Run(default(Less), new int[4], 1, new bool[4]));
    }

    [Fact]
    public void Three_spans_are_mapped_by_one_kernel()
    {
        for (int n = 0; n <= MaxLength; n++)
        {
            var (x, y, z) = (Samples.Mixed<double>(n, 1), Samples.Mixed<double>(n, 2), Samples.Mixed<double>(n, 3));
            var result = new double[n];
            Zip.Run(default(LesserPlus), x, y, z, result);
            for (int i = 0; i < n; i++)
                Assert.True(Bits.Same((x[i] < y[i] ? x[i] : y[i]) + z[i], result[i]));
        }
    }

    private static void CheckAll<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check<Less, T>((x, y) => x < y);
        Check<LessOrEqual, T>((x, y) => x <= y);
        Check<Equal, T>((x, y) => x == y);
        Check<LessNorEqual, T>((x, y) => !(x < y || x == y));
    }

    private static void Check<TKernel, T>(Func<T, T, bool> expected)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] mixedX = Samples.Mixed<T>(MaxLength, 1), mixedY = Samples.Mixed<T>(MaxLength, 2);
        // Equal pairs would be rare.
        for (int i = 0; i < MaxLength; i += 3)
            mixedY[i] = mixedX[i];

        using GuardedMemory<T> xs = new(MaxLength), ys = new(MaxLength);
        using GuardedMemory<bool> results = new(MaxLength);
        for (int n = 0; n <= MaxLength; n++)
        {
            foreach (bool right in (bool[])[false, true])
            {
                Span<T> x = xs.Take(n, right), y = ys.Take(n, right);
                mixedX.AsSpan(0, n).CopyTo(x);
                mixedY.AsSpan(0, n).CopyTo(y);
                var result = results.Take(n, right);
                T scalar = mixedX[n % MaxLength];

                Compare.Run<TKernel, T>(default, x, y, result);
                for (int i = 0; i < n; i++)
                    Assert.Equal(expected(x[i], y[i]), result[i]);
                Compare.Run<TKernel, T>(default, scalar, y, result);
                for (int i = 0; i < n; i++)
                    Assert.Equal(expected(scalar, y[i]), result[i]);
                Compare.Run<TKernel, T>(default, x, scalar, result);
                for (int i = 0; i < n; i++)
                    Assert.Equal(expected(x[i], scalar), result[i]);
            }
        }
    }

    private readonly struct Less : IBinaryKernel
    {
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.LessThan(x, y);
    }

    private readonly struct LessOrEqual : IBinaryKernel
    {
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.LessThanOrEqual(x, y);
    }

    private readonly struct Equal : IBinaryKernel
    {
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Equal(x, y);
    }

    private readonly struct LessNorEqual : IBinaryKernel
    {
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Not(V.Or(V.LessThan(x, y), V.Equal(x, y)));
    }

    private readonly struct LesserPlus : ITernaryKernel
    {
        public V Eval<V>(V x, V y, V z) where V : struct, ILane<V> => V.Select(V.LessThan(x, y), x, y) + z;
    }
}
