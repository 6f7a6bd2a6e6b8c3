using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x times the logistic function of x (also called swish); −0 at −∞.</summary>
    /// <remarks>
    /// Max ULP: float 3, double 3, in the lower tail too. Slope σ(x)·(1 + x·σ(−x)), which keeps its accuracy in the tails, as the second
    /// derivative does; near its zero at x = −1.278 its error is relative to σ(x).
    /// </remarks>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    public static NDArray<T> Silu<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Unary<SiluOp>.Call(x);
}

internal readonly struct SiluOp : IUnaryOp
{
    public static string Name => "Silu";

    public static IEnumerable<OpSample> Samples => [OpSample.Unary<SiluOp>(-30, 30) with { MaxUlp = (3, 3) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V>
    {
        // Far below zero it is x·e^x, whose second factor is subnormal before the product is: e^64 moves from one to the other. The sum is
        // exact, and the constant in two parts for lanes of more than double precision.
        var limited = V.Max(x, V.Constant(-1000));
        var isDeep = V.LessThan(limited, V.Constant(-80));
        var isNegative = V.LessThan(limited, V.Constant(0));
        var e = V.Exp(V.Select(isDeep, limited + 64, -V.Abs(limited)));
        var factor = V.MultiplyAdd(limited, 1.603810890548638e-28, limited * -7.361325221284214e-45);
        return V.Select(isDeep, factor * e, limited * (V.Select(isNegative, e, V.Constant(1)) / (1 + e)));
    }

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Sigmoid(x) * (1 + (x * V.Sigmoid(-x)));
}
