namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>A row for each index: 1 at its place, 0 elsewhere. The result has a new last axis of extent <paramref name="classes"/>.</summary>
    /// <remarks>No derivative passes through the indices.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An index is negative or not below <paramref name="classes"/>, or that is negative.</exception>
    public static NDArray<T> OneHot<T>(NDArray<int> indices, int classes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        return (NDArray<T>)new OneHotOp<T>(classes).Apply([indices]);
    }
}

internal sealed class OneHotOp<T>(int classes) : ConstantOp where T : unmanaged
{
    public override string Name => "OneHot";

    public override string Attributes => FormattableString.Invariant($"{classes} classes");

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        NDArray<T>.Record(this, Shape.Create([.. operands[0].Shape, classes]), operands[0]);

    public override void Evaluate(Node node)
    {
        var indices = (NDArray<int>)node.Operand(0);
        var one = NDArray.Ones<T>().Data[0];
        Indices.Check(Name, indices, axis: -1, classes, fromEnd: false);
        var (result, data) = (new T[node.Length], indices.Data);
        for (var i = 0; i < data.Length; i++)
        {
            result[(i * classes) + data[i]] = one;
        }

        ((NDArray<T>)node).SetValue(result);
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);
}
