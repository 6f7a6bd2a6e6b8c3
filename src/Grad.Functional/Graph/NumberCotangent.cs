namespace Grad.Functional;

/// <summary>
/// A cotangent that is one number, carried out: what a <see cref="Masked"/> without a mask is to a graph. The default is the structural zero.
/// Floats are kept as doubles, which takes nothing from them.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="X">The first factor of what was made as a product for this place alone.</param>
/// <param name="Y">The second.</param>
/// <param name="Kind">What is known of it.</param>
internal readonly record struct NumberCotangent(double Value, double X, double Y, NumberKind Kind)
{
    public NumberCotangent(double value, bool isProduct)
        : this(value, 0, 0, isProduct ? NumberKind.Present | NumberKind.Product : NumberKind.Present)
    {
    }

    public bool IsPresent => Kind != NumberKind.Absent;

    /// <summary>Whether it was made as a product for this place alone.</summary>
    public bool HasFactors => (Kind & NumberKind.Factors) != 0;

    /// <summary>Whether it is a rounded product, or the negative of one.</summary>
    public bool IsProduct => (Kind & NumberKind.Product) != 0;

    /// <summary>The same as a cotangent of a node, for rules that are stated in nodes.</summary>
    public Masked For(Node node) => new(
        node.Constant(Value, node.Shape),
        Factors: HasFactors ? (node.Constant(X, node.Shape), node.Constant(Y, node.Shape)) : null,
        IsProduct: IsProduct);
}

[Flags]
internal enum NumberKind
{
    Absent = 0,
    Present = 1,
    Factors = 2,
    Product = 4,
}
