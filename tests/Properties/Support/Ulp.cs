namespace Properties.Support;

/// <summary>
/// Errors in units of the last place: of the exact value's own binade, or of the smallest subnormal below the normal range.
/// </summary>
public static class Ulp
{
    /// <summary>
    /// How far <paramref name="actual"/> lies from <paramref name="exact"/>. Zero for two NaNs; infinite where only one is NaN, or where
    /// both are zero with different signs; where one is infinite, the number of doubles between. In units of <paramref name="scale"/> where the value
    /// is smaller.
    /// </summary>
    public static double Error(double actual, DoubleDouble exact, double scale = 0)
    {
        double rounded = exact.Hi;
        if (Classify(actual, rounded) is { } verdict)
            return verdict;
        if (double.IsInfinity(actual) || double.IsInfinity(rounded))
            return Distance(actual, rounded);
        double error = ((DoubleDouble)actual - exact).Hi;
        return Math.Abs(error) / Spacing(Math.Max(scale, Math.Abs(rounded)));
    }

    /// <summary>The same for a float result against a reference in double.</summary>
    public static double Error(float actual, double exact, double scale = 0)
    {
        float rounded = (float)exact;
        if (Classify(actual, rounded) is { } verdict)
            return verdict;
        if (float.IsInfinity(actual) || float.IsInfinity(rounded))
            return Distance(actual, rounded);
        return Math.Abs(actual - exact) / Spacing(Math.Max((float)scale, Math.Abs(rounded)));
    }

    /// <summary>The number of steps between neighbouring doubles from x to y; −0 and +0 are the same step. Neither may be NaN.</summary>
    public static double Distance(double x, double y) => Math.Abs((double)((Int128)Order(x) - Order(y)));

    /// <summary>The same for floats.</summary>
    public static double Distance(float x, float y) => Math.Abs((double)((long)Order(x) - Order(y)));

    /// <summary>The distance to the next double away from zero.</summary>
    public static double Spacing(double x) => Math.ScaleB(1, Math.Max(x == 0 ? -1074 : Math.ILogB(x) - 52, -1074));

    /// <summary>The distance to the next float away from zero.</summary>
    public static double Spacing(float x) => Math.ScaleB(1, Math.Max(x == 0 ? -149 : MathF.ILogB(x) - 23, -149));

    private static double? Classify(double actual, double exact)
    {
        if (double.IsNaN(actual) || double.IsNaN(exact))
            return double.IsNaN(actual) && double.IsNaN(exact) ? 0 : double.PositiveInfinity;
        if (actual == 0 && exact == 0)
            return double.IsNegative(actual) == double.IsNegative(exact) ? 0 : double.PositiveInfinity;
        return null;
    }

    private static long Order(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static int Order(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        return bits >= 0 ? bits : int.MinValue - bits;
    }
}
