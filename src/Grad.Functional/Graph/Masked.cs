namespace Grad.Functional;

/// <summary>
/// A cotangent or tangent with its pending mask. Outside the mask the true value is an exact zero; while <see cref="Dirty"/>, what
/// stands there may be anything, NaN included, and one select makes it zero where the masked region ends.
/// The default is the structural zero: absent, and free.
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Mask">A boolean array of the value's shape, or null if every element counts.</param>
/// <param name="Inverted">Whether the value counts where the mask is false.</param>
/// <param name="Dirty">Whether the elements outside the mask hold garbage.</param>
/// <param name="Factors">What the value is the product of, if it was made as one for this place alone.</param>
/// <param name="IsProduct">Whether the value is a rounded product, or the negative of one.</param>
internal readonly record struct Masked(
    Node? Value, Node? Mask = null, bool Inverted = false, bool Dirty = false, (Node X, Node Y)? Factors = null, bool IsProduct = false)
{
    public bool IsZero => Value is null;

    /// <summary>The product with a factor, which may turn the zeros outside the mask into anything.</summary>
    public Masked WithProduct(Node value, Node factor) =>
        this with { Value = value, Dirty = Mask is not null, Factors = (Value!, factor), IsProduct = true };

    /// <summary>The value after a step that keeps zeros zero.</summary>
    public Masked WithLinear(Node value) => this with { Value = value, Factors = null };
}
