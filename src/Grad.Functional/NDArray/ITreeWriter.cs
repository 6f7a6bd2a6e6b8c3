namespace Grad.Functional;

/// <summary>Receives the arrays of a tree, one by one.</summary>
public interface ITreeWriter
{
    /// <summary>Receives the next array.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    void Add<T>(NDArray<T> leaf) where T : unmanaged;
}
