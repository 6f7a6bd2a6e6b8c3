using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>x above zero, else x / 100.</summary>
    /// <inheritdoc cref="LeakyRelu{T}(NDArray{T}, double)" path="/remarks"/>
    public static NDArray<T> LeakyRelu<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => LeakyRelu(x, 0.01);

    /// <summary>x above zero, else <c>slope · x</c>.</summary>
    /// <remarks>
    /// Correctly rounded, after the slope is rounded to T. Slope 1 above zero, else <paramref name="slope"/>, at x = 0 too, as in PyTorch
    /// (JAX has 1 there).
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="slope">The slope up to zero.</param>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is not finite in T.</exception>
    public static NDArray<T> LeakyRelu<T>(NDArray<T> x, double slope) where T : unmanaged, IFloatingPointIeee754<T> =>
        new Unary<LeakyReluOp>(new LeakyReluOp(FiniteConstant.Of<T>("LeakyRelu", slope, nameof(slope)))).On(x);
}

internal readonly struct LeakyReluOp(double slope) : IUnaryOp
{
    public static string Name => "LeakyRelu";

    public static IEnumerable<OpSample> Samples => [Sample((float)0.01), Sample(0.25)];

    public string Attributes => slope.ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), x, slope * x);

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), V.Constant(1), V.Constant(slope));

    private static OpSample Sample(double slope) => OpSample.Unary(-20, 20, new LeakyReluOp(slope)) with { Kink = x => x[0] };
}
