using System.Globalization;

namespace Properties.Support;

/// <summary>
/// A number as the unevaluated sum of two doubles, |Lo| at most half an ulp of Hi: about 100 bits, with the exponent range of double.
/// Close to overflow and underflow it degrades to double. The reference that float64 kernels are measured against.
/// </summary>
public readonly partial struct DoubleDouble
{
    private DoubleDouble(double hi, double lo) => (Hi, Lo) = (hi, lo);

    /// <summary>The value rounded to double.</summary>
    public double Hi { get; }

    /// <summary>The rest; zero when Hi is not finite.</summary>
    public double Lo { get; }

    public static implicit operator DoubleDouble(double x) => new(x, 0);

    public static explicit operator double(DoubleDouble x) => x.Hi;

    /// <summary>x + y without rounding.</summary>
    public static DoubleDouble Sum(double x, double y)
    {
        double sum = x + y;
        if (!double.IsFinite(sum) || y == 0)
            return new(sum, 0);
        double part = sum - x;
        return new(sum, (x - (sum - part)) + (y - part));
    }

    /// <summary>x·y without rounding, short of underflow.</summary>
    public static DoubleDouble Product(double x, double y)
    {
        double product = x * y;
        return double.IsFinite(product) && product != 0 ? new(product, Math.FusedMultiplyAdd(x, y, -product)) : new(product, 0);
    }

    /// <summary>x·2ⁿ, rounded only where it underflows.</summary>
    public static DoubleDouble ScaleB(DoubleDouble x, int n)
    {
        double hi = Math.ScaleB(x.Hi, n);
        return double.IsFinite(hi) ? Sum(hi, Math.ScaleB(x.Lo, n)) : hi;
    }

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.Hi, -x.Lo);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        var high = Sum(x.Hi, y.Hi);
        if (!double.IsFinite(high.Hi))
            return high;
        var low = Sum(x.Lo, y.Lo);
        var first = Sum(high.Hi, high.Lo + low.Hi);
        return Sum(first.Hi, first.Lo + low.Lo);
    }

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        var product = Product(x.Hi, y.Hi);
        return double.IsFinite(product.Hi) && product.Hi != 0
            ? Sum(product.Hi, product.Lo + (x.Hi * y.Lo + x.Lo * y.Hi))
            : product;
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        if (!double.IsFinite(x.Hi) || !double.IsFinite(y.Hi) || x.Hi == 0 || y.Hi == 0)
            return x.Hi / y.Hi;

        // Long division of significands: nothing on the way can overflow or underflow.
        int xExponent = Math.ILogB(x.Hi), yExponent = Math.ILogB(y.Hi);
        x = ScaleB(x, -xExponent);
        y = ScaleB(y, -yExponent);
        double first = x.Hi / y.Hi;
        var rest = x - y * first;
        double second = rest.Hi / y.Hi;
        rest -= y * second;
        return ScaleB(Sum(first, second) + rest.Hi / y.Hi, xExponent - yExponent);
    }

    public static DoubleDouble operator +(DoubleDouble x, double y) => x + (DoubleDouble)y;

    public static DoubleDouble operator -(DoubleDouble x, double y) => x + (DoubleDouble)(-y);

    public static DoubleDouble operator *(DoubleDouble x, double y) => x * (DoubleDouble)y;

    public static DoubleDouble operator /(DoubleDouble x, double y) => x / (DoubleDouble)y;

    public static DoubleDouble operator +(double x, DoubleDouble y) => (DoubleDouble)x + y;

    public static DoubleDouble operator -(double x, DoubleDouble y) => (DoubleDouble)x - y;

    public static DoubleDouble operator *(double x, DoubleDouble y) => (DoubleDouble)x * y;

    public static DoubleDouble operator /(double x, DoubleDouble y) => (DoubleDouble)x / y;

    public static bool operator <(DoubleDouble x, DoubleDouble y) => x.Hi < y.Hi || (x.Hi == y.Hi && x.Lo < y.Lo);

    public static bool operator >(DoubleDouble x, DoubleDouble y) => y < x;

    public static bool operator <=(DoubleDouble x, DoubleDouble y) => x.Hi < y.Hi || (x.Hi == y.Hi && x.Lo <= y.Lo);

    public static bool operator >=(DoubleDouble x, DoubleDouble y) => y <= x;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hi:R} + {Lo:R}");
}
