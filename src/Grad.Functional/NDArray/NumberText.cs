using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Writes elements of any type as NumPy does.</summary>
internal static class NumberText
{
    /// <summary>A number by itself, with as many digits as it takes to read it back.</summary>
    public static string Single<T>(T value) where T : unmanaged => value switch
    {
        double number => Shortest(number),
        float number => Shortest(number),
        _ => Plain(value),
    };

    /// <summary>Numbers of one array, all of the same width and in the same format.</summary>
    public static string[] Column<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return FloatColumn<double>.Format(MemoryMarshal.Cast<T, double>(values));
        }

        if (typeof(T) == typeof(float))
        {
            return FloatColumn<float>.Format(MemoryMarshal.Cast<T, float>(values));
        }

        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Plain(values[i]);
        }

        var width = typeof(T) == typeof(bool) ? bool.FalseString.Length : texts.Max(text => text.Length);
        return Array.ConvertAll(texts, text => text.PadLeft(width));
    }

    /// <summary>What is written in the place of a number that is not finite.</summary>
    public static string NotFinite<T>(T value) where T : IFloatingPoint<T> => T.IsNaN(value) ? "nan" : T.IsNegative(value) ? "-inf" : "inf";

    private static string Shortest<T>(T value) where T : IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
        {
            return NotFinite(value);
        }

        var digits = DecimalDigits.Shortest(value);
        var magnitude = Math.Abs(double.CreateChecked(value));
        if (magnitude is 0 or (>= 1e-4 and < 1e16))
        {
            var text = digits.Positional();
            return text.EndsWith('.') ? text + "0" : text;
        }

        var (fraction, exponent) = digits.Scientific();
        return $"{fraction.TrimEnd('.')}e{DecimalDigits.ExponentText(exponent, 2)}";
    }

    private static string Plain<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
