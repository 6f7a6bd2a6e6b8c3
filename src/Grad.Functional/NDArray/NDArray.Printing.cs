namespace Grad.Functional;

/// <content>Printing.</content>
public sealed partial class NDArray<T>
{
    /// <summary>
    /// The elements as NumPy prints them, whatever the culture: nested brackets, aligned columns, at most 8 digits after the point; of
    /// more than 1000 elements, three at each end of every axis.
    /// </summary>
    public override string ToString()
    {
        ReadLog.Note(this);
        return Rank == 0 ? NumberText.Single(Data[0]) : ArrayText.Of<T>(Data, Shape);
    }
}
