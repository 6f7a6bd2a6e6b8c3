using Grad.Simd;

namespace Properties.Support;

// The parts of the lane algebra that are exact: constants, fused products, order, rounding, masks (the bits of Hi, all or none).
public readonly partial struct DoubleDouble : ILane<DoubleDouble>
{
    public static DoubleDouble Constant(double value) => value;

    public static DoubleDouble MultiplyAdd(DoubleDouble x, DoubleDouble y, DoubleDouble z) => x * y + z;

    public static DoubleDouble FusedMultiplyAdd(DoubleDouble x, DoubleDouble y, DoubleDouble z)
    {
        var product = x * y;
        // x·y may overflow where x·y + z does not.
        return double.IsInfinity(product.Hi) && double.IsFinite(x.Hi) && double.IsFinite(y.Hi) && double.IsFinite(z.Hi)
            ? ScaleB(ScaleB(x, -64) * ScaleB(y, -64) + ScaleB(z, -128), 128)
            : product + z;
    }

    public static DoubleDouble Min(DoubleDouble x, DoubleDouble y)
    {
        if (double.IsNaN(x.Hi) || double.IsNaN(y.Hi))
            return double.NaN;
        if (x.Hi == 0 && y.Hi == 0)
            return double.IsNegative(x.Hi) ? x : y;
        return x <= y ? x : y;
    }

    public static DoubleDouble Max(DoubleDouble x, DoubleDouble y) => -Min(-x, -y);

    public static DoubleDouble Abs(DoubleDouble x) => double.IsNegative(x.Hi) ? -x : x;

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (!(x.Hi > 0) || double.IsInfinity(x.Hi))
            return Math.Sqrt(x.Hi);
        int half = Math.ILogB(x.Hi) >> 1;
        x = ScaleB(x, -2 * half);
        double root = Math.Sqrt(x.Hi);
        var rest = x - Product(root, root);
        return ScaleB(Sum(root, rest.Hi / (2 * root)), half);
    }

    public static DoubleDouble Truncate(DoubleDouble x)
    {
        double hi = Math.Truncate(x.Hi);
        bool fractionIsInLo = hi == x.Hi && x.Lo != 0;
        return fractionIsInLo ? Sum(hi, hi > 0 ? Math.Floor(x.Lo) : Math.Ceiling(x.Lo)) : hi;
    }

    public static DoubleDouble Remainder(DoubleDouble x, DoubleDouble y)
    {
        if (x.Lo == 0 && y.Lo == 0 || !double.IsFinite(x.Hi) || !double.IsFinite(y.Hi))
            return x.Hi % y.Hi;
        var remainder = FixedPoint.Remainder(x, y);
        return remainder.Hi == 0 ? Math.CopySign(0.0, x.Hi) : remainder;
    }

    public static DoubleDouble LessThan(DoubleDouble x, DoubleDouble y) => Mask(x < y);

    public static DoubleDouble LessThanOrEqual(DoubleDouble x, DoubleDouble y) => Mask(x <= y);

    public static DoubleDouble Equal(DoubleDouble x, DoubleDouble y) => Mask(x.Hi == y.Hi && x.Lo == y.Lo);

    public static DoubleDouble And(DoubleDouble x, DoubleDouble y) => Mask(Holds(x) && Holds(y));

    public static DoubleDouble Or(DoubleDouble x, DoubleDouble y) => Mask(Holds(x) || Holds(y));

    public static DoubleDouble Not(DoubleDouble x) => Mask(!Holds(x));

    public static DoubleDouble Select(DoubleDouble mask, DoubleDouble x, DoubleDouble y) => Holds(mask) ? x : y;

    /// <summary>Whether a mask made by the comparisons holds.</summary>
    public static bool Holds(DoubleDouble mask) => BitConverter.DoubleToInt64Bits(mask.Hi) != 0;

    private static DoubleDouble Mask(bool holds) => new(BitConverter.Int64BitsToDouble(holds ? -1L : 0L), 0);
}
