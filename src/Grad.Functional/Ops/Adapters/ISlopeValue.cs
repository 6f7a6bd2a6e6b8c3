namespace Grad.Functional;

/// <summary>What a slope is made of, by the ops that it is made of.</summary>
internal interface ISlopeValue<TValue> where TValue : struct, ISlopeValue<TValue>
{
    /// <summary>A number in every element, of the element type of <paramref name="like"/>.</summary>
    static abstract TValue Constant(double value, TValue like);

    /// <summary>The first, if constants can be like it, else the second.</summary>
    static abstract TValue Either(TValue x, TValue y);

    static abstract TValue Of<TOp>(TValue x) where TOp : struct, IUnaryOp;

    /// <summary>An op that has constants.</summary>
    static abstract TValue Of<TOp>(TOp op, TValue x) where TOp : struct, IUnaryOp;

    static abstract TValue Of<TOp>(TValue x, TValue y) where TOp : struct, IBinaryOp;

    static abstract TValue Test<TOp>(TValue x, TValue y) where TOp : struct, ICompareOp;

    static abstract TValue Mask<TOp>(TValue x, TValue y) where TOp : struct, IMaskOp;

    static abstract TValue Not(TValue mask);

    static abstract TValue Where(TValue mask, TValue x, TValue y);
}
