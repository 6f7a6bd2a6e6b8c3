namespace Grad.Simd;

/// <summary>Four vectors side by side, as operands of <see cref="ArithmeticLoop"/>.</summary>
/// <typeparam name="B">The type itself.</typeparam>
internal interface IArithmeticBlock<B> where B : struct, IArithmeticBlock<B>
{
    static abstract B operator +(B x, B y);

    static abstract B operator -(B x, B y);

    static abstract B operator *(B x, B y);

    static abstract B operator /(B x, B y);

    static abstract B operator -(B x);

    /// <summary>x·y + z, rounded as lanes round it.</summary>
    static abstract B MultiplyAdd(B x, B y, B z);

    static abstract B Min(B x, B y);

    static abstract B Max(B x, B y);

    static abstract B Abs(B x);

    static abstract B Sqrt(B x);
}
