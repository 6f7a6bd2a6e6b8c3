using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>What <see cref="NDArray{T}.At"/> gives: an array that waits for an index.</summary>
public readonly struct ArrayUpdater<T> where T : unmanaged
{
    private readonly NDArray<T> _array;

    internal ArrayUpdater(NDArray<T> array) => _array = array;

    /// <summary>The places that an index names, as <see cref="NDArray{T}.this[ReadOnlySpan{NDIndex}]"/> takes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index points outside its axis.</exception>
    /// <exception cref="ArgumentException">The indices do not fit the array.</exception>
    public ArrayUpdate<T> this[params ReadOnlySpan<NDIndex> indices] => new(_array, new Selection(_array.Shape, indices));

    /// <summary>Several positions of the first axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside the axis; negative ones count from the end.</exception>
    [OverloadResolutionPriority(1)]
    public ArrayUpdate<T> this[ReadOnlySpan<int> indices] => this[NDIndex.Create(indices)];
}
