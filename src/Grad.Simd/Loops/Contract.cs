using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>What every span function demands of its arguments, and the words in which it says so.</summary>
internal static class Contract
{
    /// <summary>x and y (or other operands) have one length.</summary>
    public static void EqualLengths(int x, int y, string operation, string xName = "x", string yName = "y")
    {
        if (x != y)
            ThrowLengths(x, y, operation, xName, yName);
    }

    /// <summary>The destination holds at least <paramref name="length"/> elements.</summary>
    public static void Holds(int destination, long length, string operation, string destinationName = "destination")
    {
        if (destination < length)
            ThrowDestination(destination, length, operation, destinationName);
    }

    /// <summary>x is a row-major [outer, axis, inner].</summary>
    public static void Shape(int x, int outer, int axis, int inner, string operation)
    {
        if ((Int128)outer * axis * inner != x)
            ThrowShape(x, outer, axis, inner, operation);
    }

    /// <summary>x is a row-major [outer, axis, inner] with an axis that is not empty.</summary>
    public static void NonEmptyAxis(int x, int outer, int axis, int inner, string operation)
    {
        Axis(x, outer, axis, inner, operation);
        if (axis == 0)
            ThrowEmptyAxis(operation);
    }

    /// <summary>x is a row-major [outer, axis, inner], and no length is negative.</summary>
    public static void Axis(int x, int outer, int axis, int inner, string operation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outer);
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        Shape(x, outer, axis, inner, operation);
    }

    /// <summary>There is at least one element.</summary>
    public static void NotEmpty(int x, string operation)
    {
        if (x == 0)
            ThrowEmpty(operation);
    }

    /// <summary>An input and the written part of the destination begin together or share nothing; see <see cref="Disjoint"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SameStartOrDisjoint<T>(
        ReadOnlySpan<T> input, Span<T> destination, string operation, string inputName = "x", string destinationName = "destination")
        where T : unmanaged
    {
        // What lies farther apart than the input is long, either way, shares nothing.
        nint distance = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(destination));
        nint bytes = (nint)input.Length * Unsafe.SizeOf<T>();
        if (distance != 0 && (nuint)(distance + bytes) < (nuint)(2 * bytes))
            Disjoint(input, destination[..Math.Min(destination.Length, input.Length)], operation, inputName, destinationName);
    }

    /// <summary>An input and the destination share no byte.</summary>
    public static void Disjoint<TInput, T>(
        ReadOnlySpan<TInput> input, Span<T> destination, string operation, string inputName = "x", string destinationName = "destination")
        where TInput : unmanaged
        where T : unmanaged
    {
        ref byte inputStart = ref Unsafe.As<TInput, byte>(ref MemoryMarshal.GetReference(input));
        ref byte destinationStart = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(destination));
        nint distance = Unsafe.ByteOffset(ref inputStart, ref destinationStart);
        nint inputBytes = (nint)input.Length * Unsafe.SizeOf<TInput>(), destinationBytes = (nint)destination.Length * Unsafe.SizeOf<T>();
        if (distance < inputBytes && distance > -destinationBytes && inputBytes > 0 && destinationBytes > 0)
            ThrowOverlap(distance, operation, inputName, destinationName);
    }

    /// <summary>Two destinations share no byte.</summary>
    public static void Apart<T>(Span<T> first, Span<T> second, string operation, string firstName, string secondName) where T : unmanaged
    {
        if (first.Overlaps(second))
            ThrowShared(operation, firstName, secondName);
    }

    /// <summary>A loop over lanes was asked for numbers that have none.</summary>
    [DoesNotReturn]
    public static void ThrowElementType<T>() => throw new NotSupportedException(
        $"Grad.Simd computes on float and double, but got elements of type {typeof(T)}. Convert the data to float or double first.");

    [DoesNotReturn]
    private static void ThrowLengths(int x, int y, string operation, string xName, string yName) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture,
            $"{operation} needs {xName} and {yName} of equal length, but got {x} and {y} elements. Slice the longer one."),
        yName);

    [DoesNotReturn]
    private static void ThrowDestination(int destination, long length, string operation, string destinationName) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture,
            $"{operation} writes {length} elements, but {destinationName} holds {destination}. Pass one of at least {length}."),
        destinationName);

    [DoesNotReturn]
    private static void ThrowShape(int x, int outer, int axis, int inner, string operation) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture,
            $"{operation} needs x to hold outer·axis·inner = {outer}·{axis}·{inner} elements, but got {x}. Correct the lengths."),
        nameof(x));

    [DoesNotReturn]
    private static void ThrowEmpty(string operation) =>
        throw new ArgumentException($"{operation} needs at least one element, but got none. Test for emptiness first.", "x");

    [DoesNotReturn]
    private static void ThrowEmptyAxis(string operation) => throw new ArgumentOutOfRangeException(
        "axis", $"{operation} needs at least one element along the axis, but its length is 0. Test for emptiness first.");

    [DoesNotReturn]
    private static void ThrowOverlap(nint distance, string operation, string inputName, string destinationName) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture,
            $"{operation} needs a {destinationName} that is disjoint from {inputName} or, where both have one element type, begins with it, ")
        + string.Create(CultureInfo.InvariantCulture,
            $"but it overlaps {inputName} at a distance of {distance} bytes. Write to another buffer and copy."),
        destinationName);

    [DoesNotReturn]
    private static void ThrowShared(string operation, string firstName, string secondName) => throw new ArgumentException(
        $"{operation} needs {firstName} and {secondName} that share nothing, but what it writes of them overlaps. Pass two buffers.", secondName);
}
