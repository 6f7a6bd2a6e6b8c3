using System.Globalization;
using System.Numerics;

namespace Grad.Functional;

/// <summary>A finite number in decimal: d.ddd · 10^exponent, without trailing zeros.</summary>
internal readonly record struct DecimalDigits(bool IsNegative, string Digits, int Exponent)
{
    /// <summary>The digits after the point in positional notation.</summary>
    public int Decimals => Math.Max(Digits.Length - 1 - Exponent, 0);

    /// <summary>The fewest digits that read back as <paramref name="value"/>.</summary>
    public static DecimalDigits Shortest<T>(T value) where T : IBinaryFloatingPointIeee754<T>
    {
        var text = T.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissa = text.AsSpan();
        var exponent = 0;
        if (text.IndexOf('E', StringComparison.Ordinal) is var e and >= 0)
        {
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : $"{mantissa[..point]}{mantissa[(point + 1)..]}";
        return Trimmed(T.IsNegative(value), digits, exponent + (point < 0 ? digits.Length : point) - 1);
    }

    /// <summary>The fewest digits that read back as <paramref name="value"/>, but all of those before the point.</summary>
    public static DecimalDigits ShortestPositional<T>(T value) where T : IBinaryFloatingPointIeee754<T>
    {
        var shortest = Shortest(value);
        return shortest.Digits.Length <= shortest.Exponent ? Rounded(value, 0) : shortest;
    }

    /// <summary>
    /// The number's digits down to 10^−<paramref name="decimals"/>, which may be a positive power: rounded from its exact value, a tie to
    /// the even digit.
    /// </summary>
    public static DecimalDigits Rounded<T>(T value, int decimals) where T : IBinaryFloatingPointIeee754<T>
    {
        var bits = BitConverter.DoubleToInt64Bits(double.CreateChecked(value));
        var (mantissa, exponent) = (bits & 0xF_FFFF_FFFF_FFFF, (int)(bits >> 52) & 0x7FF);
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);

        var numerator = mantissa * BigInteger.Pow(10, Math.Max(decimals, 0)) << Math.Max(exponent, 0);
        var denominator = BigInteger.Pow(10, Math.Max(-decimals, 0)) << Math.Max(-exponent, 0);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var half = (2 * remainder).CompareTo(denominator);
        if (half > 0 || (half == 0 && !quotient.IsEven))
        {
            quotient++;
        }

        var digits = quotient.ToString(CultureInfo.InvariantCulture);
        return Trimmed(bits < 0, digits, digits.Length - 1 - decimals);
    }

    /// <summary>The number's first digit and <paramref name="decimals"/> more, rounded like <see cref="Rounded"/>.</summary>
    public static DecimalDigits RoundedTo<T>(T value, int decimals) where T : IBinaryFloatingPointIeee754<T>
    {
        // The shortest digits may lie a power of ten above the exact value: 10¹¹ identifies the float 99999997952.
        var exponent = Shortest(value).Exponent;
        var finer = Rounded(value, decimals - exponent + 1);
        return finer.Exponent < exponent && !T.IsZero(value) ? finer : Rounded(value, decimals - exponent);
    }

    /// <summary><c>-12.5</c>; a whole number ends in its point.</summary>
    public string Positional()
    {
        var whole = Exponent < 0 ? "0" : Digits.Length > Exponent ? Digits[..(Exponent + 1)] : Digits.PadRight(Exponent + 1, '0');
        var fraction = Exponent < 0 ? new string('0', -Exponent - 1) + Digits : Digits.Length > Exponent ? Digits[(Exponent + 1)..] : "";
        return $"{Sign}{whole}.{fraction}";
    }

    /// <summary><c>-1.25</c> and the exponent; a single digit is followed by a point.</summary>
    public (string Fraction, int Exponent) Scientific() => ($"{Sign}{Digits[0]}.{Digits.AsSpan(1)}", Exponent);

    /// <summary>An exponent with its sign and at least <paramref name="width"/> digits.</summary>
    public static string ExponentText(int exponent, int width) =>
        (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString($"D{width}", CultureInfo.InvariantCulture);

    private string Sign => IsNegative ? "-" : "";

    private static DecimalDigits Trimmed(bool isNegative, string digits, int exponent)
    {
        var significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? new DecimalDigits(isNegative, "0", 0) : new DecimalDigits(isNegative, significant, exponent);
    }
}
