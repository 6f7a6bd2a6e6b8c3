using System.Numerics;

namespace Properties.Laws;

/// <summary>Bounds of rounding errors, after Higham, Accuracy and Stability of Numerical Algorithms, chapter 3.</summary>
internal static class Rounding
{
    /// <summary>Half the distance from 1 to the next number: the largest relative error of one rounding.</summary>
    public static double Unit<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateChecked(T.BitIncrement(T.One) - T.One) / 2;

    /// <summary>The smallest subnormal: the largest error of one rounding that underflows.</summary>
    public static double Underflow<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => double.CreateChecked(T.Epsilon);

    /// <summary>
    /// A bound of the error of a sum whose terms have the magnitude given, in total, when <paramref name="count"/> roundings lie one behind
    /// the other: γ(count)·magnitude, and what underflow may add.
    /// </summary>
    public static double Bound<T>(int count, double magnitude)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double units = count * Unit<T>();
        return (units / (1 - units) * magnitude) + (count * Underflow<T>());
    }
}
