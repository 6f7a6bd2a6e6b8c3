namespace Grad.Functional;

/// <summary>One element of a derivative beside its estimate.</summary>
/// <param name="Name">Which element, as it is written: <c>∂f[2]/∂x[0]</c>.</param>
/// <param name="Index">Its index in the Jacobian block.</param>
/// <param name="Analytical">The exact derivative.</param>
/// <param name="Numerical">The estimate by differences.</param>
/// <param name="Allowed">How far they may lie apart: Atol + Rtol·|numerical|.</param>
public sealed record GradCheckElement(string Name, IReadOnlyList<int> Index, double Analytical, double Numerical, double Allowed)
{
    /// <summary>How far they lie apart.</summary>
    public double Difference => Math.Abs(Analytical - Numerical);

    /// <summary>Whether that is within what is allowed; never if either is not finite.</summary>
    public bool Passed => double.IsFinite(Analytical) && Difference <= Allowed;
}
