namespace Grad.Functional;

/// <summary>Gives the arrays of a tree, one by one, in the order in which they were written.</summary>
public interface ITreeReader
{
    /// <summary>The next array.</summary>
    /// <exception cref="InvalidOperationException">There is none left, or it has another element type.</exception>
    NDArray<T> Next<T>() where T : unmanaged;
}
