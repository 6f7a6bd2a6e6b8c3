using System.Numerics;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Properties.Laws;

/// <summary>A function with a branch that is not finite where it is not taken, each element for itself, and its derivatives.</summary>
internal sealed record PendingMaskCase<T>(
    string Name, Func<NDArray<T>, NDArray<T>> Function, double[] Points, double[] First, double[] Second)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T s_zero = T.Zero;
    private static readonly double s_log2 = Math.Log(2), s_log4 = Math.Log(4);

    public static PendingMaskCase<T>[] All { get; } =
    [
        new("Square root", x => Where(x > s_zero, Sqrt(x), s_zero), [0, 4, -1], [0, 0.25, 0], [0, -1.0 / 32, 0]),
        new("Logarithm", x => Where(x > s_zero, Log(x), s_zero), [0, 2, -1], [0, 0.5, 0], [0, -0.25, 0]),
        new(
            "Sine over x",
            x => Where(x != s_zero, Sin(x) / x, T.One),
            [0, Math.PI / 2],
            [0, -4 / (Math.PI * Math.PI)],
            [0, SecondOfSinc(Math.PI / 2)]),
        new(
            "Nested",
            x => Where(x > s_zero, Where(x < T.CreateChecked(10), Sqrt(x) * Log(x), x), s_zero),
            [0, 4, 20],
            [0, (s_log4 / 4) + 0.5, 1],
            [0, -s_log4 / 32, 0]),
        new("Masked and unmasked meet", x => Where(x > s_zero, Sqrt(x), s_zero) + (x * x), [0, 4], [0, 8.25], [2, 2 - (1.0 / 32)]),
        new(
            "Two masks meet in a shared root",
            x => Sqrt(x) is var root ? Where(x > s_zero, root, s_zero) + Where(x > T.One, root * root, s_zero) : x,
            [0, 0.25, 4],
            [0, 1, 1.25],
            [0, -2, -1.0 / 32]),
        new(
            "Unmasked beside masked keeps its infinity",
            x => Sqrt(x) is var root ? Where(x > s_zero, root, s_zero) + root : x,
            [0, 4],
            [double.PositiveInfinity, 0.5],
            [double.NegativeInfinity, -1.0 / 16]),
        new("The other branch", x => Where(x <= s_zero, s_zero, Log(x)), [0, 2], [0, 0.5], [0, -0.25]),
        new("A bounded slope that is NaN", x => Where(x > s_zero, Sin(Log(x)), s_zero), [0, 1], [0, 1], [0, -1]),
        new("A product with what is masked", x => x * Where(x > s_zero, Log(x), s_zero), [0, 2], [0, s_log2 + 1], [0, 0.5]),
        new(
            "Stretched, and masked everywhere",
            x => Sum(Where(BroadcastTo(x, 3, x.Shape[0]) > T.CreateChecked(1e9), BroadcastTo(Sqrt(x), 3, x.Shape[0]), s_zero), 0),
            [0, 4],
            [0, 0],
            [0, 0]),
        new("Either branch", x => Where(x > s_zero, Sqrt(x), Sqrt(-x)), [-4, 4], [-0.25, 0.25], [-1.0 / 32, -1.0 / 32]),
        new(
            "A long way",
            x => Log(x) is var log ? Where(x > s_zero, Sqrt(Sin(log * log) * Sqrt(x)), s_zero) : x,
            [0, 2],
            [0, LongWay(2).First],
            [0, LongWay(2).Second]),
        new("Through a sum and a slice", x => Where(x > s_zero, Sqrt(x), s_zero)[..] * T.One, [0, 4], [0, 0.25], [0, -1.0 / 32]),
        new("Through a stack", x => Sum(Stack<T>([Where(x > s_zero, Log(x), s_zero), x * x]), 0), [0, 2], [0, 4.5], [2, 1.75]),
        new(
            "Through a transposition and a reshape",
            x => Reshape(Transpose(Reshape(Where(x > s_zero, Log(x), s_zero), 2, 1)), -1),
            [0, 2],
            [0, 0.5],
            [0, -0.25]),
        new("Maximum with what is infinite", x => Maximum(Log(x), -T.One), [0, 2], [0, 0.5], [0, -0.25]),
        new("Relu of what is infinite", x => Relu(Log(x)), [0, 2], [0, 0.5], [0, -0.25]),
        new("Clamp of what is infinite", x => Clamp(Log(x), T.NegativeOne, T.One), [0, 2], [0, 0.5], [0, -0.25]),
        new("A mask twice", x => Where(x > s_zero, Where(x > s_zero, Log(x), x), s_zero), [0, 2], [0, 0.5], [0, -0.25]),
        new(
            "A mask and its opposite",
            x => x > s_zero is var mask ? Where(mask, Log(x), Where(!mask, x * x, Log(x))) : x,
            [0, 2],
            [0, 0.5],
            [2, -0.25]),
    ];

    private static double SecondOfSinc(double x) => (-Math.Sin(x) / x) - (2 * Math.Cos(x) / (x * x)) + (2 * Math.Sin(x) / (x * x * x));

    // √u with u = sin(ln² x)·√x, by the chain rule on u.
    private static (double First, double Second) LongWay(double x)
    {
        double log = Math.Log(x), root = Math.Sqrt(x);
        double s = Math.Sin(log * log), c = Math.Cos(log * log), a = 2 * log / x, a1 = (2 - (2 * log)) / (x * x);
        double u = s * root, u1 = (c * a * root) + (s / (2 * root));
        double u2 = (((-s * a * a) + (c * a1)) * root) + (c * a / root) - (s / (4 * x * root));
        return (u1 / (2 * Math.Sqrt(u)), (u2 / (2 * Math.Sqrt(u))) - (u1 * u1 / (4 * u * Math.Sqrt(u))));
    }
}
