namespace Grad.Functional;

/// <summary>Places of an array, about to be written to; the array itself does not change.</summary>
public readonly struct ArrayUpdate<T> where T : unmanaged
{
    private readonly NDArray<T> _array;
    private readonly Selection _selection;

    internal ArrayUpdate(NDArray<T> array, Selection selection) => (_array, _selection) = (array, selection);

    /// <summary>A new array with the places replaced by <paramref name="values"/>, which broadcast to them.</summary>
    /// <remarks>
    /// Where an index array names an element several times, the last of its values counts, in row-major order, and so it does in
    /// derivatives: values that were overwritten have derivative zero, and so have the elements replaced. PyTorch and JAX leave open
    /// which one counts.
    /// </remarks>
    /// <exception cref="ArgumentException">The values do not broadcast to what the index selects.</exception>
    public NDArray<T> Set(NDArray<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return (NDArray<T>)_selection.Set(_array, values);
    }

    /// <summary>A new array with <paramref name="values"/> added at the places, to which they broadcast.</summary>
    /// <remarks>
    /// Where an index array names an element several times, all of its values are added up, in row-major order, before they are added to
    /// the element. Elements that are not named have +0 added.
    /// </remarks>
    /// <exception cref="ArgumentException">The values do not broadcast to what the index selects.</exception>
    public NDArray<T> Add(NDArray<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return (NDArray<T>)_selection.Add(_array, values);
    }
}
