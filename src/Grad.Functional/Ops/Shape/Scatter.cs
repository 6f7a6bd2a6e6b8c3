namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>
    /// The array with elements replaced along an axis: element [i, indices[i, k, j], j] by element [i, k, j] of <paramref name="updates"/>,
    /// for the axis in the middle. As PyTorch's scatter; to replace whole rows, use <see cref="NDArray{T}.At"/>.
    /// </summary>
    /// <remarks>
    /// Negative positions count from the end. <paramref name="updates"/> broadcast to the shape of the indices; these broadcast to the
    /// array on all axes but the one (PyTorch also takes fewer of them). Where several updates name one element, the last counts, in
    /// row-major order, and so it does in derivatives: updates that were overwritten have derivative zero, and so have the elements
    /// replaced. PyTorch and JAX leave open which one counts.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index points outside it.</exception>
    /// <exception cref="ArgumentException">The ranks differ, or the shapes do not broadcast.</exception>
    public static NDArray<T> Scatter<T>(NDArray<T> x, NDArray<int> indices, NDArray<T> updates, int axis = 0) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(updates);
        var (place, fitted) = GatherAlong.Fit("Scatter", x, indices, axis);
        GatherAlong.CheckUpdates("Scatter", updates.Shape, fitted.Shape);
        if (fitted.Length == 0)
        {
            return x;
        }

        var places = GatherAlong.Take(ReshapeOp.To(NDArray.Arange(x.Length), x.Shape), fitted, place);
        var (all, positions) = (new Shape([x.Length]), ReshapeOp.To(places, new Shape([places.Length])));
        var values = updates.Length == 1 ? updates : Broadcast.To(updates, fitted.Shape);
        return (NDArray<T>)ReshapeOp.To(Selection.Overwrite(ReshapeOp.To(x, all), positions, values, 0), x.Shape);
    }
}
