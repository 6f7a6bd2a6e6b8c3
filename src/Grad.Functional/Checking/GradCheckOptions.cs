namespace Grad.Functional;

/// <summary>How a check is done. The defaults are those of torch.autograd.gradcheck.</summary>
public sealed record GradCheckOptions
{
    /// <summary>The step of the differences; times |x| / 10⁴ for elements beyond 10⁴, next to which it would get lost.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>An element passes if |analytical − numerical| ≤ Atol + Rtol·|numerical|.</summary>
    public double Atol { get; init; } = 1e-5;

    /// <inheritdoc cref="Atol"/>
    public double Rtol { get; init; } = 1e-3;

    /// <summary>
    /// 1: the first derivative against differences of the function. 2: also the second against differences of the exact first.
    /// </summary>
    public int Order { get; init; } = 1;

    /// <summary>The formula of the differences.</summary>
    public FiniteDifferenceFormula Formula { get; init; } = FiniteDifferenceFormula.Central;

    /// <summary>The modes of differentiation to check.</summary>
    public GradCheckModes Modes { get; init; } = GradCheckModes.Both;

    internal void Require()
    {
        const string Operation = "GradCheck";
        Steps.Require(Operation, Epsilon, nameof(Epsilon));
        Stencil.Of(Formula, nameof(Formula));
        if (!(Atol >= 0 && Rtol >= 0 && double.IsFinite(Atol) && double.IsFinite(Rtol)))
        {
            throw new ArgumentOutOfRangeException(
                Atol >= 0 && double.IsFinite(Atol) ? nameof(Rtol) : nameof(Atol),
                FormattableString.Invariant($"{Operation} needs finite tolerances of zero or more, but got Atol {Atol} and Rtol {Rtol}."));
        }

        if (Order is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Order),
                $"{Operation} checks derivatives of order 1 or 2, but got {Order}. For a higher order check a function that is itself a " +
                "derivative: Ad.Grad(f).");
        }

        if (Modes is 0 or > GradCheckModes.Both)
        {
            throw new ArgumentOutOfRangeException(nameof(Modes), $"{Operation} needs Reverse, Forward or Both as modes, but got {Modes}.");
        }
    }
}
