using Grad.Simd;

namespace Grad.Functional;

/// <summary>A slope as a number, by the bodies of the ops that its graph would be made of.</summary>
/// <param name="Lane">The number, or a mask.</param>
internal readonly record struct NumberValue<V>(V Lane) : ISlopeValue<NumberValue<V>> where V : struct, ILane<V>
{
    public static NumberValue<V> Constant(double value, NumberValue<V> like) => new(V.Constant(value));

    public static NumberValue<V> Either(NumberValue<V> x, NumberValue<V> y) => x;

    public static NumberValue<V> Of<TOp>(NumberValue<V> x) where TOp : struct, IUnaryOp => new(default(TOp).Eval(x.Lane));

    public static NumberValue<V> Of<TOp>(TOp op, NumberValue<V> x) where TOp : struct, IUnaryOp => new(op.Eval(x.Lane));

    public static NumberValue<V> Of<TOp>(NumberValue<V> x, NumberValue<V> y) where TOp : struct, IBinaryOp => new(default(TOp).Eval(x.Lane, y.Lane));

    public static NumberValue<V> Test<TOp>(NumberValue<V> x, NumberValue<V> y) where TOp : struct, ICompareOp => new(default(TOp).Eval(x.Lane, y.Lane));

    public static NumberValue<V> Mask<TOp>(NumberValue<V> x, NumberValue<V> y) where TOp : struct, IMaskOp => new(TOp.Of(x.Lane, y.Lane));

    public static NumberValue<V> Not(NumberValue<V> mask) => new(V.Not(mask.Lane));

    public static NumberValue<V> Where(NumberValue<V> mask, NumberValue<V> x, NumberValue<V> y) => new(V.Select(mask.Lane, x.Lane, y.Lane));
}
