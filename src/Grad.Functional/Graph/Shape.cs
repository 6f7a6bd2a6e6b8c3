using System.Globalization;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>The extents of an array, outermost first; a single number has none (rank 0).</summary>
/// <remarks>At most <see cref="MaxRank"/> axes; the product of the extents is at most the longest array of the runtime.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The highest rank an array can have.</summary>
    public const int MaxRank = 16;

    private readonly int[]? _extents;

    internal Shape(int[] extents) => _extents = extents;

    private int[] Extents => _extents ?? [];

    /// <summary>The number of axes.</summary>
    public int Rank => _extents?.Length ?? 0;

    /// <summary>The number of axes, as of a list of extents; see <see cref="ElementCount"/> for the number of elements.</summary>
    /// <remarks>List patterns, spreads and <c>^1</c> count by this name.</remarks>
    public int Length => Rank;

    /// <summary>The number of elements: the product of the extents, 1 for rank 0.</summary>
    public int ElementCount
    {
        get
        {
            var length = 1;
            foreach (var extent in AsSpan())
            {
                length *= extent;
            }

            return length;
        }
    }

    /// <summary>The extent along <paramref name="axis"/>.</summary>
    public int this[int axis] => Extents[axis];

    /// <summary>The extent along <paramref name="axis"/>; <c>^1</c> is the innermost.</summary>
    public int this[Index axis] => Extents[axis];

    /// <summary>A shape of the given extents.</summary>
    /// <exception cref="ArgumentException">An extent is negative, there are more than 16, or their product is too large for an array.</exception>
    public static Shape Create(ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaxRank)
        {
            throw new ArgumentException($"A shape has at most {MaxRank} axes, but {extents.Length} were given. Merge axes with Reshape.", nameof(extents));
        }

        // The product is taken without the zeros first: [0, 2³¹, 2³¹] is as unusable as [2³¹, 2³¹].
        long length = 1;
        foreach (var extent in extents)
        {
            if (extent < 0)
            {
                throw new ArgumentException($"The extents of a shape are zero or more, but {Format(extents)} has {extent}.", nameof(extents));
            }

            length *= Math.Max(extent, 1);
            if (length > Array.MaxLength)
            {
                throw new ArgumentException($"An array holds at most {Array.MaxLength} elements, but shape {Format(extents)} has more.", nameof(extents));
            }
        }

        return new Shape(extents.ToArray());
    }

    /// <summary>The extents as a span.</summary>
    public ReadOnlySpan<int> AsSpan() => _extents;

    /// <summary>Enumerates the extents.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>The extents as a span.</summary>
    public static implicit operator ReadOnlySpan<int>(Shape shape) => shape._extents;

    /// <summary>Takes a shape of rank 2 apart.</summary>
    /// <exception cref="InvalidOperationException">The rank is not 2.</exception>
    public void Deconstruct(out int first, out int second)
    {
        RequireRank(2);
        (first, second) = (Extents[0], Extents[1]);
    }

    /// <summary>Takes a shape of rank 3 apart.</summary>
    /// <exception cref="InvalidOperationException">The rank is not 3.</exception>
    public void Deconstruct(out int first, out int second, out int third)
    {
        RequireRank(3);
        (first, second, third) = (Extents[0], Extents[1], Extents[2]);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => ReferenceEquals(_extents, other._extents) || AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var extent in Extents)
        {
            hash.Add(extent);
        }

        return hash.ToHashCode();
    }

    /// <summary>Same rank and extents.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Another rank or other extents.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>As written in C#: <c>[3, 2]</c>.</summary>
    public override string ToString() => Format(AsSpan());

    internal static string Format(ReadOnlySpan<int> extents)
    {
        var parts = new string[extents.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = extents[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", parts)}]";
    }

    private void RequireRank(int rank)
    {
        if (Rank != rank)
        {
            throw new InvalidOperationException($"A shape of rank {rank} was to be taken apart, but it is {this}, of rank {Rank}.");
        }
    }
}
