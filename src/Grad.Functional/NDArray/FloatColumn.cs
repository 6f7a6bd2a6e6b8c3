using System.Numerics;

namespace Grad.Functional;

/// <summary>
/// The format that floating-point numbers of one array share, NumPy's rules: at most 8 digits after the point and no more than any of
/// them takes; scientific if the largest magnitude is 10⁸ or more, the smallest other than 0 is below 10⁻⁴, or their ratio exceeds 1000.
/// </summary>
internal sealed class FloatColumn<T> where T : IBinaryFloatingPointIeee754<T>
{
    private const int Precision = 8;

    private readonly bool _isScientific;
    private readonly int _exponentWidth;
    private readonly int _left;
    private readonly int _right;
    private readonly int _width;

    private FloatColumn(ReadOnlySpan<T> values)
    {
        _isScientific = IsScientific(values);
        var notFinite = 0;
        foreach (var value in values)
        {
            if (T.IsFinite(value))
            {
                var (number, exponent) = Fewest(value);
                var point = number.IndexOf('.', StringComparison.Ordinal);
                _left = Math.Max(_left, point);
                _right = Math.Max(_right, number.Length - point - 1);
                _exponentWidth = Math.Max(_exponentWidth, DecimalDigits.ExponentText(exponent, 2).Length - 1);
            }
            else
            {
                notFinite = Math.Max(notFinite, NumberText.NotFinite(value).Length);
            }
        }

        var afterPoint = _right + (_isScientific ? 2 + _exponentWidth : 0);
        _left = Math.Max(_left, notFinite - 1 - afterPoint);
        _width = _left + 1 + afterPoint;
    }

    public static string[] Format(ReadOnlySpan<T> values)
    {
        var column = new FloatColumn<T>(values);
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = column.Format(values[i]);
        }

        return texts;
    }

    private string Format(T value)
    {
        if (!T.IsFinite(value))
        {
            return NumberText.NotFinite(value).PadLeft(_width);
        }

        if (_isScientific)
        {
            // Digits beyond those that identify the number are the true ones, not zeros.
            var (fraction, exponent) = DecimalDigits.RoundedTo(value, _right).Scientific();
            var digits = fraction.PadRight(fraction.IndexOf('.', StringComparison.Ordinal) + 1 + _right, '0');
            return $"{digits}e{DecimalDigits.ExponentText(exponent, _exponentWidth)}".PadLeft(_width);
        }

        var (number, _) = Fewest(value);
        return number.PadLeft(number.Length + _left - number.IndexOf('.', StringComparison.Ordinal)).PadRight(_width);
    }

    /// <summary>As many digits as identify the number, or as are allowed.</summary>
    private (string Number, int Exponent) Fewest(T value)
    {
        if (_isScientific)
        {
            var shortest = DecimalDigits.Shortest(value);
            return (shortest.Digits.Length - 1 > Precision ? DecimalDigits.RoundedTo(value, Precision) : shortest).Scientific();
        }

        var digits = DecimalDigits.ShortestPositional(value);
        return ((digits.Decimals > Precision ? DecimalDigits.Rounded(value, Precision) : digits).Positional(), 0);
    }

    private static bool IsScientific(ReadOnlySpan<T> values)
    {
        var (largest, smallest) = (T.Zero, T.PositiveInfinity);
        foreach (var value in values)
        {
            if (T.IsFinite(value) && !T.IsZero(value))
            {
                largest = T.Max(largest, T.Abs(value));
                smallest = T.Min(smallest, T.Abs(value));
            }
        }

        return !T.IsZero(largest) &&
            (double.CreateChecked(largest) >= 1e8 || double.CreateChecked(smallest) < 1e-4 || largest / smallest > T.CreateChecked(1000));
    }
}
