namespace Grad.Functional;

/// <summary>A value made of arrays, such as the parameters of a model, by which functions can be differentiated as a whole.</summary>
/// <remarks>
/// <see cref="NDArray{T}"/> is the smallest tree. Arrays, lists and tuples of trees need not implement this: they are trees as they are.
/// </remarks>
public interface IArrayTree
{
    /// <summary>Hands every array to <paramref name="writer"/>, always in the same order.</summary>
    void Flatten(ITreeWriter writer);

    /// <summary>
    /// A new value of the same type, all else equal, over arrays from <paramref name="reader"/> in the order of <see cref="Flatten"/>.
    /// </summary>
    object Rebuild(ITreeReader reader);
}
