using System.Numerics;

namespace Grad.Functional;

/// <summary>
/// A formula as a weighted mean of difference quotients, each between two points at whole multiples of the step. Each is divided by the
/// distance of the points where the function really was evaluated, so that no formula suffers from a step that is not representable.
/// </summary>
internal sealed class Stencil
{
    private static readonly Stencil s_forward = new(order: 1, new Quotient(0, 1, 1));
    private static readonly Stencil s_backward = new(order: 1, new Quotient(-1, 0, 1));
    private static readonly Stencil s_central = new(order: 2, new Quotient(-1, 1, 1));

    // The extrapolation (4 D(h) − D(2h)) / 3 of two central quotients is the five-point formula.
    private static readonly Stencil s_fivePoint = new(order: 4, new Quotient(-1, 1, 4), new Quotient(-2, 2, -1));

    private readonly Quotient[] _quotients;
    private readonly int _weights;

    private Stencil(int order, params Quotient[] quotients)
    {
        (Order, _quotients) = (order, quotients);
        _weights = quotients.Sum(quotient => quotient.Weight);
    }

    /// <summary>The power of the step that the error is proportional to.</summary>
    public int Order { get; }

    /// <summary>Whether the value at the point itself is used.</summary>
    public bool UsesPoint => _quotients.Any(quotient => quotient.From == 0 || quotient.To == 0);

    /// <summary>How many steps away from the point the function is evaluated.</summary>
    public int Reach => _quotients.Max(quotient => Math.Max(-quotient.From, quotient.To));

    /// <summary>The distance over which differences are taken, in steps.</summary>
    public int Span => _quotients[0].To - _quotients[0].From;

    /// <exception cref="ArgumentOutOfRangeException">There is no such formula.</exception>
    public static Stencil Of(FiniteDifferenceFormula formula, string parameter = "formula") => formula switch
    {
        FiniteDifferenceFormula.Forward => s_forward,
        FiniteDifferenceFormula.Backward => s_backward,
        FiniteDifferenceFormula.Central => s_central,
        FiniteDifferenceFormula.FivePoint => s_fivePoint,
        _ => throw new ArgumentOutOfRangeException(
            parameter, $"A formula is one of {string.Join(", ", Enum.GetNames<FiniteDifferenceFormula>())}, but got {(int)formula}."),
    };

    /// <summary>
    /// The step at which rounding (ε/h) and truncation (hᵒʳᵈᵉʳ) are about equal, for a function whose values and derivatives are near 1.
    /// </summary>
    public double BestStep<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        Math.Pow(double.CreateChecked(T.BitIncrement(T.One) - T.One), 1.0 / (Order + 1));

    /// <summary>The derivatives of all results of a function of one number.</summary>
    /// <param name="f">The function; it runs at every point but x.</param>
    /// <param name="x">The point.</param>
    /// <param name="step">The step.</param>
    /// <param name="atX">The values at x; looked at only if the formula uses them.</param>
    /// <param name="nominal">Whether to divide by multiples of the step, as one does who forgets that x + step is rounded.</param>
    public T[] Along<T>(Func<T, T[]> f, T x, T step, T[] atX, bool nominal = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new T[atX.Length];
        foreach (var (from, to, weight) in _quotients)
        {
            var (low, high) = (x + (T.CreateChecked(from) * step), x + (T.CreateChecked(to) * step));
            var (before, after) = (from == 0 ? atX : f(low), to == 0 ? atX : f(high));
            var distance = nominal ? T.CreateChecked(to - from) * step : high - low;
            for (var i = 0; i < result.Length; i++)
            {
                result[i] += T.CreateChecked(weight) * ((after[i] - before[i]) / distance);
            }
        }

        for (var i = 0; i < result.Length; i++)
        {
            result[i] /= T.CreateChecked(_weights);
        }

        return result;
    }

    /// <summary>A difference quotient between two multiples of the step.</summary>
    private readonly record struct Quotient(int From, int To, int Weight);
}
