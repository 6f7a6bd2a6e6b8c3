namespace Grad.Functional;

/// <summary>What differences taken in float32 itself would have said of a float32 function.</summary>
/// <param name="Numerical">The naive differences by each input, of shape output ++ input.</param>
/// <param name="RelativeError">Their relative error, the largest of all inputs.</param>
/// <param name="Why">In plain words, whether and why float32 differences of this step mislead.</param>
public sealed record GradCheckNaive(IReadOnlyList<NDArray<float>> Numerical, double RelativeError, string Why);
