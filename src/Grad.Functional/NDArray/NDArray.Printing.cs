namespace Grad.Functional;

/// <content>Printing.</content>
public sealed partial class NDArray<T>
{
    /// <summary>
    /// The elements as NumPy prints them, whatever the culture: nested brackets, aligned columns, at most 8 digits after the point; of
    /// more than 1000 elements, three at each end of every axis. An array without values (inside Ad.VMap and Ad.Compile) says so.
    /// </summary>
    public override string ToString()
    {
        if (DependsOnPlaceholder())
        {
            return $"NDArray<{typeof(T).Name}> of shape {Shape}, without values: it stands for many arrays at once";
        }

        ReadLog.Note(this);
        return Rank == 0 ? NumberText.Single(Data[0]) : ArrayText.Of<T>(Data, Shape);
    }

    private bool DependsOnPlaceholder()
    {
        var pending = new Stack<Node>();
        var seen = new HashSet<Node>();
        pending.Push(this);
        while (pending.TryPop(out var node))
        {
            if (node.HasValue || !seen.Add(node))
            {
                continue;
            }

            if (node.Op is PlaceholderOp)
            {
                return true;
            }

            for (var i = 0; i < node.OperandCount; i++)
            {
                pending.Push(node.Operand(i));
            }
        }

        return false;
    }
}
