namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    // A whole-number literal next to an array means a number of the array's own element type: 2 * x, 1 / x, for float as for double.
    private static NDArray<T> WholeNumber(NDArray<T> like, int value)
    {
        ArgumentNullException.ThrowIfNull(like);
        return (NDArray<T>)like.Constant(value);
    }
}
