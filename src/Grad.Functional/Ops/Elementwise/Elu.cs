using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The exponential linear unit: x above zero, else eˣ − 1.</summary>
    /// <inheritdoc cref="Elu{T}(NDArray{T}, double)" path="/remarks"/>
    public static NDArray<T> Elu<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Elu(x, 1);

    /// <summary>The exponential linear unit: x above zero, else <c>alpha · (eˣ − 1)</c>.</summary>
    /// <remarks>
    /// Max ULP: float 2.5, double 2.5; alpha is first rounded to T. Slope 1 above zero, else <c>alpha · eˣ</c>; alpha at x = 0, as in PyTorch
    /// and JAX, where the second derivative is alpha too.
    /// </remarks>
    /// <param name="x">The arguments.</param>
    /// <param name="alpha">What the function tends to at −∞, negated.</param>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not finite in T.</exception>
    public static NDArray<T> Elu<T>(NDArray<T> x, double alpha) where T : unmanaged, IFloatingPointIeee754<T> =>
        new Unary<EluOp>(new EluOp(FiniteConstant.Of<T>("Elu", alpha, nameof(alpha)))).On(x);
}

internal readonly struct EluOp(double alpha) : IUnaryOp
{
    public static string Name => "Elu";

    public static IEnumerable<OpSample> Samples => [Sample(1), Sample(1.625)];

    public string Attributes => alpha.ToString(CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), x, alpha * V.ExpM1(x));

    public V Slope<V>(V x, V y) where V : struct, ILane<V> => V.Select(V.LessThan(V.Constant(0), x), V.Constant(1), alpha * V.Exp(x));

    private static OpSample Sample(double alpha) =>
        OpSample.Unary(-20, 20, new EluOp(alpha)) with { MaxUlp = (2.5, 2.5), Kink = x => x[0] };
}
