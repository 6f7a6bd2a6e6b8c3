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

    public override void Describe(OpKey key) => key.Add(classes);

    public override Node Apply(ReadOnlySpan<Node> operands) =>
        NDArray<T>.Record(this, Shape.Create([.. operands[0].Shape, classes]), operands[0]);

    public override void Evaluate(in Evaluation e)
    {
        var indices = e.Operand<int>();
        var result = e.Result<T>();
        var one = NDArray.Ones<T>().Data[0];
        Indices.Check(Name, indices, e.OperandShape(), axis: -1, classes, fromEnd: false);
        result.Clear();
        for (var i = 0; i < indices.Length; i++)
        {
            result[(i * classes) + indices[i]] = one;
        }
    }

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);
}
