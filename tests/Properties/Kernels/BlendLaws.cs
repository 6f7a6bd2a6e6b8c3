using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Choices by truth values, bit by bit as the scalar expression makes them, for every element type.</summary>
[Trait("Category", "Leg")]
public class BlendLaws
{
    private const int MaxLength = 257;

    [Fact]
    public void Doubles() => CheckAll(BitConverter.Int64BitsToDouble);

    [Fact]
    public void Floats() => CheckAll(bits => BitConverter.Int32BitsToSingle((int)bits));

    [Fact]
    public void Ints() => CheckAll(bits => (int)bits);

    [Fact]
    public void Longs() => CheckAll(bits => bits);

    [Fact]
    public void Bools() => CheckAll(bits => (bits & 1) == 0);

    [Fact]
    public void Larger_elements() => CheckAll(bits => (bits, (byte)bits));

    [Fact]
    public void Bad_calls_are_refused_and_nothing_is_written()
    {
        var x = new double[20];
        var mask = new bool[10];
        Assert.Throws<ArgumentException>(() => Blend.Run<double>(mask, new double[9], new double[10], new double[10]));
        Assert.Throws<ArgumentException>(() => Blend.Run<double>(mask, new double[10], new double[11], new double[10]));
        Assert.Throws<ArgumentException>(() => Blend.Run<double>(mask, 1, 2, new double[9]));
        Assert.Throws<ArgumentException>(() => Blend.Run<double>(mask, x.AsSpan(0, 10), 1, x.AsSpan(1, 10)));
        Assert.Throws<ArgumentException>(() => Blend.Run<double>(mask, 1, x.AsSpan(1, 10), x.AsSpan(0, 10)));
        Assert.Throws<ArgumentException>(() => Blend.Run<bool>(mask.AsSpan(0, 5), true, false, mask.AsSpan(2, 5)));
        Assert.All(x, element => Assert.Equal(0, element));
        Assert.All(mask, Assert.False);
    }

    private static void CheckAll<T>(Func<long, T> create)
        where T : unmanaged
    {
        var random = new Random(8);
        using GuardedMemory<bool> masks = new(MaxLength);
        using GuardedMemory<T> xs = new(MaxLength), ys = new(MaxLength), results = new(MaxLength);
        for (int n = 0; n <= MaxLength; n++)
        {
            bool right = n % 2 == 0;
            Span<bool> mask = masks.Take(n, right);
            Span<T> x = xs.Take(n, right), y = ys.Take(n, right), result = results.Take(n, right);
            for (int i = 0; i < n; i++)
                (mask[i], x[i], y[i]) = (random.Next(2) == 0, create(random.NextInt64()), create(-random.NextInt64()));
            T a = create(random.NextInt64()), b = create(random.NextInt64());

            Blend.Run<T>(mask, x, y, result);
            for (int i = 0; i < n; i++)
                Assert.Equal(mask[i] ? x[i] : y[i], result[i]);
            Blend.Run(mask, a, y, result);
            for (int i = 0; i < n; i++)
                Assert.Equal(mask[i] ? a : y[i], result[i]);
            Blend.Run(mask, x, b, result);
            for (int i = 0; i < n; i++)
                Assert.Equal(mask[i] ? x[i] : b, result[i]);
            Blend.Run(mask, a, b, result);
            for (int i = 0; i < n; i++)
                Assert.Equal(mask[i] ? a : b, result[i]);

            // In place, on each of the inputs.
            Blend.Run<T>(mask, x, y, result);
            Span<T> copy = x.ToArray();
            Blend.Run<T>(mask, copy, y, copy);
            Assert.True(copy.SequenceEqual(result));
            Blend.Run<T>(mask, x, y, y);
            Assert.True(y.SequenceEqual(result));
        }
    }
}
