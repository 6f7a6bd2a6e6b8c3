using System.Numerics;

namespace Properties.Support;

/// <summary>Arguments of functions of two numbers worth trying.</summary>
public static class Pairs
{
    /// <summary>Special values, their neighbours and whole numbers, each with each.</summary>
    public static IEnumerable<(T X, T Y)> Special<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] special = [.. Samples.Special<T>().Where((_, i) => i % 3 == 0), T.One, -T.One, T.Zero, T.CreateChecked(3), -T.CreateChecked(3)];
        return special.SelectMany(_ => special, (x, y) => (x, y));
    }

    /// <summary>
    /// Random pairs, by turns: both of moderate size; a mantissa and a power of it of any size that a number can have, near 1 and near the ends of the
    /// range alike; any size both, within some powers of two of each other; and any bit pattern.
    /// </summary>
    public static IEnumerable<(T X, T Y)> Drawn<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(i => (i % 4) switch
        {
            0 => Rounded<T>((random.NextDouble() - 0.5) * 8, (random.NextDouble() - 0.5) * 8),
            1 => Power<T>(random, nearOne: i % 8 == 1),
            2 => Alike<T>(random),
            _ => (Any<T>(random), Any<T>(random)),
        });
    }

    private static (T, T) Rounded<T>(double x, double y)
        where T : unmanaged, IFloatingPointIeee754<T> => (T.CreateSaturating(x), T.CreateSaturating(y));

    private static (T, T) Power<T>(Random random, bool nearOne)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isFloat = typeof(T) == typeof(float);
        double x = Math.ScaleB(0.75 + (0.75 * random.NextDouble()), nearOne ? 0 : random.Next(isFloat ? -120 : -1000, isFloat ? 120 : 1000));
        double y = (isFloat ? 105 : 750) * (random.NextDouble() - 0.5) * 2 * (random.Next(3) == 0 ? random.NextDouble() : 1) / Math.Log(x);
        return Rounded<T>(x, y);
    }

    private static (T, T) Alike<T>(Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T x = Any<T>(random);
        T y = T.ScaleB(x * T.CreateChecked(random.NextDouble() - 0.5), random.Next(-30, 30));
        return T.IsNaN(y) ? (x, x) : random.Next(2) == 0 ? (x, y) : (y, x);
    }

    private static T Any<T>(Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => Bits.To<T>((ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (typeof(T) == typeof(float) ? 32 : 0));
}
