using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// A key to random numbers: the same key gives the same numbers, on every machine and however often it is asked. For other numbers,
/// <see cref="Split()"/> the key and use each part once.
/// </summary>
/// <remarks>
/// <para>
/// Element i is a function of the key and of i alone: word i (32 bits, of float) or words 2i and 2i + 1 (64 bits, the lower first, of
/// double) of the sequence of Philox4x32-10 blocks with the counters (block, lower half; block, upper half; 0; 0) under the key
/// (seed, lower half; seed, upper half). Part i of a split is the key of words 0 and 1 of the block with the counter
/// (i, 0, 0, 1). So numbers and parts never come from the same block.
/// </para>
/// <para>Not for secrets. Keys have 64 bits: among 2³² parts of a key, two are likely to be the same.</para>
/// </remarks>
public readonly struct RandomKey : IEquatable<RandomKey>
{
    private const uint ForNumbers = 0;
    private const uint ForParts = 1;

    private readonly ulong _key;

    /// <summary>The key of a seed; any will do.</summary>
    public RandomKey(ulong seed) => _key = seed;

    /// <summary>Whether both give the same numbers.</summary>
    public static bool operator ==(RandomKey left, RandomKey right) => left.Equals(right);

    /// <summary>Whether they give different numbers.</summary>
    public static bool operator !=(RandomKey left, RandomKey right) => !left.Equals(right);

    /// <summary>Two keys to numbers independent of each other and of this key's.</summary>
    public (RandomKey First, RandomKey Second) Split() => (Part(0), Part(1));

    /// <summary>
    /// <paramref name="count"/> keys to numbers independent of each other and of this key's; the first two are those of
    /// <see cref="Split()"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public RandomKey[] Split(int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"RandomKey.Split needs a count of zero or more, but got {count}.");
        }

        var parts = new RandomKey[count];
        for (var i = 0; i < count; i++)
        {
            parts[i] = Part((uint)i);
        }

        return parts;
    }

    /// <summary>Numbers evenly distributed over [0, 1): the multiples of 2⁻⁵³ (double) or 2⁻²⁴ (float), from the top bits.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither double nor float.</exception>
    public NDArray<T> Uniform<T>(params ReadOnlySpan<int> shape) where T : unmanaged, IFloatingPointIeee754<T> =>
        Fill<T, UnitInterval<T>>(Shape.Create(shape), default, nameof(Uniform));

    /// <summary>
    /// Numbers evenly distributed over [<paramref name="low"/>, <paramref name="high"/>): low + (high − low)·u of those over [0, 1), and
    /// the greatest number below <paramref name="high"/> where that rounds up to it.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The bounds are not a finite distance apart, or <paramref name="low"/> is not below <paramref name="high"/>.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither double nor float.</exception>
    public NDArray<T> Uniform<T>(ReadOnlySpan<int> shape, T low, T high) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(low < high) || !T.IsFinite(high - low))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"RandomKey.Uniform needs low < high, a finite distance apart, but got {low} and {high}. ") +
                "For one value throughout, use NDArray.Full.",
                nameof(low));
        }

        return Fill<T, Interval<T>>(Shape.Create(shape), new Interval<T>(low, high), nameof(Uniform));
    }

    /// <summary>
    /// Numbers of the standard normal distribution: the inverse of its distribution function at evenly distributed odd multiples of 2⁻⁵³
    /// (double; within ±8.2) or 2⁻³³ (float; within ±6.3), computed in double.
    /// </summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither double nor float.</exception>
    public NDArray<T> Normal<T>(params ReadOnlySpan<int> shape) where T : unmanaged, IFloatingPointIeee754<T> =>
        Fill<T, StandardNormal<T>>(Shape.Create(shape), default, nameof(Normal));

    /// <inheritdoc/>
    public bool Equals(RandomKey other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RandomKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <summary>The key, in hexadecimal.</summary>
    public override string ToString() => FormattableString.Invariant($"RandomKey(0x{_key:X16})");

    private RandomKey Part(uint index)
    {
        var (lower, upper, _, _) = Block(index, ForParts);
        return new RandomKey(Join(lower, upper));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (uint, uint, uint, uint) Block(ulong block, uint purpose) =>
        Philox.Words(((uint)block, (uint)(block >> 32), 0, purpose), ((uint)_key, (uint)(_key >> 32)));

    private NDArray<T> Fill<T, TDistribution>(Shape shape, TDistribution distribution, string operation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TDistribution : struct, IDistribution<T>
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            throw new NotSupportedException(
                $"RandomKey.{operation} gives double or float, not {typeof(T).Name}. Take one of these and Cast it.");
        }

        var numbers = new T[shape.ElementCount];
        var wordsEach = typeof(T) == typeof(double) ? 2 : 1;
        Span<uint> words = stackalloc uint[256];
        for (var start = 0; start < numbers.Length; start += words.Length / wordsEach)
        {
            var chunk = numbers.AsSpan(start, Math.Min(words.Length / wordsEach, numbers.Length - start));
            FillWords(words[..(((chunk.Length * wordsEach) + 3) & ~3)], (ulong)start * (uint)wordsEach / 4);
            for (var i = 0; i < chunk.Length; i++)
            {
                chunk[i] = distribution.FromBits(typeof(T) == typeof(double) ? Join(words[2 * i], words[(2 * i) + 1]) : words[i]);
            }
        }

        return new NDArray<T>(numbers, shape);
    }

    private void FillWords(Span<uint> words, ulong block)
    {
        for (var i = 0; i < words.Length; i += 4)
        {
            (words[i], words[i + 1], words[i + 2], words[i + 3]) = Block(block++, ForNumbers);
        }
    }

    private static ulong Join(uint lower, uint upper) => lower | ((ulong)upper << 32);
}
