using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <content>Values out of arrays and into them. Every read of a traced array is noted, as a derivative does not see through it.</content>
public sealed partial class NDArray<T>
{
    /// <summary>A copy of the elements, row-major whatever the rank.</summary>
    public T[] ToArray()
    {
        ReadLog.Note(this);
        return Data.ToArray();
    }

    /// <summary>The elements, row-major whatever the rank, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan()
    {
        ReadLog.Note(this);
        return Data;
    }

    /// <summary>Copies the elements, row-major, to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than this array.</exception>
    public void CopyTo(Span<T> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException(
                $"CopyTo needs a destination of at least {Length} elements for shape {Shape}, " +
                $"but got {destination.Length}. Give a longer span.",
                nameof(destination));
        }

        ReadLog.Note(this);
        Data.CopyTo(destination);
    }

    /// <summary>The only element of an array of length 1, whatever its rank.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public T ToScalar()
    {
        if (Length != 1)
        {
            throw new InvalidOperationException("ToScalar " + NotASingleNumber);
        }

        ReadLog.Note(this);
        return Data[0];
    }

    /// <summary>Enumerates the elements, row-major whatever the rank.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator()
    {
        ReadLog.Note(this);
        return Data.GetEnumerator();
    }

    /// <summary>The only element of an array of length 1, whatever its rank.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one.</exception>
    public static explicit operator T(NDArray<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Length != 1)
        {
            throw new ArgumentException($"The conversion to {typeof(T).Name} " + x.NotASingleNumber, nameof(x));
        }

        ReadLog.Note(x);
        return x.Data[0];
    }

    /// <summary>A single number: an array of rank 0.</summary>
    public static implicit operator NDArray<T>(T value) => new(value);

    /// <summary>An array of rank 1 over a copy of the values.</summary>
    public static implicit operator NDArray<T>(T[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return NDArray.Create<T>(values);
    }

    /// <summary>An array of rank 2 over a copy of the values.</summary>
    public static implicit operator NDArray<T>(T[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var flat = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return NDArray.Create(flat, values.GetLength(0), values.GetLength(1));
    }

    /// <summary>Whether both are the same object; <c>x == y</c> compares element by element.</summary>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>The hash code of the object, not of its elements.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    private string NotASingleNumber =>
        $"needs an array of a single element, but got shape {Shape}, {Length} elements. " +
        "Index one of them, reduce (Sum, Mean), or use ToArray.";
}
