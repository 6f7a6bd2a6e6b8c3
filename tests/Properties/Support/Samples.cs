using System.Numerics;

namespace Properties.Support;

/// <summary>Arguments worth trying: special values and their neighbours, points spaced by bit pattern, random numbers of any size.</summary>
public static class Samples
{
    private static readonly double[] Landmarks =
    [
        0, 1, 2, 3, 10, 0.5, 0.25, 0.75, 1.5, 1e-3, 1e-5, 1e-8, 1e-10, 1e5, 1e15, 1e22, 1e100,
        Math.PI / 4, Math.PI / 2, 3 * Math.PI / 4, Math.PI, 2 * Math.PI, 22, 1000 * Math.PI, 1e6 * Math.PI, 6381956970095103 * Math.ScaleB(1, 600),
        // The double and the float nearest to a multiple of π/2.
        6381956970095103 * Math.ScaleB(1, 797), 16367173 * Math.ScaleB(1, 72),
        // Where exp overflows, goes subnormal and underflows, in double and in float; where tanh and sigmoid saturate.
        709.782712893384, 708.3964185322641, 745.1332191019411, 744.4400719213812, 88.72283905206835, 87.33654475055310, 103.9720770839917,
        9.010913339828708, 19.061547465398498, 36.7368005696771, 16.635532333438686, 0.34657359027997264, 0.6931471805599453, 104, 746,
        // Where integers are no longer distinct, and where they are odd no more.
        1L << 22, 1L << 23, 1L << 24, 1L << 31, 1L << 51, 1L << 52, 1L << 53, double.MaxValue, float.MaxValue,
        Math.ScaleB(1, -1022), Math.ScaleB(1, -126),
        Math.Sqrt(0.5), Math.Sqrt(2),
    ];

    /// <summary>
    /// NaN, infinities, zeros, subnormals, the largest and smallest numbers, landmarks of the elementary functions; of both signs, with
    /// their neighbours.
    /// </summary>
    public static T[] Special<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var magnitudes = new List<T> { T.PositiveInfinity, T.Epsilon, Bits.To<T>(Bits.Of(T.One) >> 5) };
        foreach (double landmark in Landmarks)
        {
            T x = T.CreateSaturating(landmark);
            magnitudes.AddRange([x, T.BitIncrement(x), T.BitDecrement(x), T.BitIncrement(T.BitIncrement(x))]);
        }

        return [T.NaN, .. magnitudes.Where(x => !T.IsNaN(x)).SelectMany(x => (T[])[x, -x]).DistinctBy(Bits.Of)];
    }

    /// <summary>The bit patterns that are multiples of <paramref name="step"/>: as many points in every binade.</summary>
    public static T[] Spaced<T>(ulong step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ulong end = typeof(T) == typeof(float) ? 1UL << 32 : ulong.MaxValue;
        var samples = new List<T>();
        for (ulong bits = 0; bits < end - step; bits += step)
            samples.Add(Bits.To<T>(bits));
        return [.. samples];
    }

    /// <summary>Points spread evenly over [low, high], where an evenly spaced bit pattern has few.</summary>
    public static T[] Between<T>(double low, double high, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateSaturating(low + (high - low) * random.NextDouble()))];
    }

    /// <summary>Random numbers of moderate size, both signs, every fourth a special value.</summary>
    public static T[] Mixed<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var special = Special<T>();
        return
        [
            .. Enumerable.Range(0, count).Select(i => i % 4 == 3
                ? special[random.Next(special.Length)]
                : T.CreateSaturating((random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-8, 8)))),
        ];
    }
}
