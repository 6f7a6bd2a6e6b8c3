namespace Grad.Functional;

/// <summary>An op that can say how it wants to be tried. The laws find every implementation by reflection.</summary>
internal interface IOpDefinition
{
    static abstract IEnumerable<OpSample> Samples { get; }
}

/// <summary>One way to call an op, with the facts that its public documentation states: what the laws draw their points from.</summary>
/// <param name="Op">The op with its attributes.</param>
/// <param name="Operands">What its operands may be.</param>
internal sealed record OpSample(Op Op, params OperandSpec[] Operands)
{
    /// <summary>Whether operands may have any shapes that broadcast; otherwise each has the shape its spec names.</summary>
    public bool IsElementwise { get; init; }

    /// <summary>
    /// For an elementwise op with kinks or poles: a function of the operands that changes sign at each of them, or is zero there.
    /// </summary>
    public Func<double[], double>? Kink { get; init; }

    /// <summary>Whether the kinks are poles, about which nothing is moderate: the op is tried inside its operands' ranges only.</summary>
    public bool HasPoles { get; init; }

    /// <summary>
    /// For an op that is elementwise, or curved: the bound of the error in units in the last place, for float and double. What a curved op
    /// accumulates comes on top.
    /// </summary>
    public (double Float, double Double) MaxUlp { get; init; } = (0.5, 0.5);

    /// <summary>
    /// For an elementwise op whose terms cancel at some of its zeros: the size of the terms, in whose units the error is stated where the result is
    /// smaller.
    /// </summary>
    public Func<double[], double>? Scale { get; init; }

    /// <summary>
    /// For an op that is not elementwise: whether it adds up rounded terms, so that its error is relative to the terms rather than to the result.
    /// </summary>
    public bool Accumulates { get; init; }

    /// <summary>
    /// For an op that is not elementwise: whether it does more than move, choose, multiply and add, so that its slopes are of another kind
    /// than its values.
    /// </summary>
    public bool IsCurved { get; init; }

    /// <summary>An elementwise op of one operand, smooth on the open interval but for its kinks.</summary>
    public static OpSample Unary<TOp>(double low, double high, TOp op = default) where TOp : struct, IUnaryOp =>
        new(new Functional.Unary<TOp>(op), OperandSpec.Real(low, high)) { IsElementwise = true };

    /// <summary>An elementwise op of two operands, smooth on the open intervals but for its kinks.</summary>
    public static OpSample Binary<TOp>(OperandSpec x, OperandSpec y) where TOp : struct, IBinaryOp =>
        new(Functional.Binary<TOp>.Default, x, y) { IsElementwise = true };
}

/// <summary>What the elements of an operand are.</summary>
internal enum OperandKind
{
    /// <summary>Numbers of the element type that the op is tried in.</summary>
    Real,

    /// <summary>Truth values.</summary>
    Mask,

    /// <summary>Positions: whole numbers from 0 on.</summary>
    Index,
}

/// <summary>What an operand of a sample may be.</summary>
/// <param name="Kind">What its elements are.</param>
/// <param name="Low">Real elements lie above this.</param>
/// <param name="High">All elements lie below this.</param>
/// <param name="Shape">Its shape, for an op that is not elementwise.</param>
internal readonly record struct OperandSpec(OperandKind Kind, double Low, double High, Shape Shape)
{
    public bool IsReal => Kind == OperandKind.Real;

    public static OperandSpec Real(double low, double high, Shape shape = default) => new(OperandKind.Real, low, high, shape);

    public static OperandSpec Mask(Shape shape = default) => new(OperandKind.Mask, 0, 2, shape);

    /// <summary>Positions on an axis of the given extent, in any order, some of them several times.</summary>
    public static OperandSpec Index(int extent, Shape shape) => new(OperandKind.Index, 0, extent, shape);
}
