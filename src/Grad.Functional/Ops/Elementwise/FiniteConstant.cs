using System.Numerics;

namespace Grad.Functional;

/// <summary>A constant of an op, given as a double.</summary>
internal static class FiniteConstant
{
    /// <summary>The constant rounded to T.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite in T.</exception>
    public static double Of<T>(string operation, double value, string parameter) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rounded = T.CreateSaturating(value);
        return T.IsFinite(rounded)
            ? double.CreateChecked(rounded)
            : throw new ArgumentOutOfRangeException(parameter, value, $"{operation} needs a finite {parameter}, but got {value}. Give a finite number.");
    }
}
