namespace Grad.Functional;

/// <content>An array is a tree of one leaf.</content>
public sealed partial class NDArray<T>
{
    void IArrayTree.Flatten(ITreeWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Add(this);
    }

    object IArrayTree.Rebuild(ITreeReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Next<T>();
    }
}
