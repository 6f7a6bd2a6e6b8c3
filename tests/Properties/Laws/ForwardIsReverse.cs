using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>The Jacobian put together from tangents is the one put together from cotangents, but for the rounding of its sums.</summary>
public sealed class ForwardIsReverse : OpLaw
{
    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var (call, map) = LinearMap.At<T>(point, tally);
        for (int input = 0; input < call.Inputs.Length; input++)
        {
            double[,] forward = map[input], reverse = call.Jacobian(input, JacobianMode.Reverse);
            for (int i = 0; i < forward.GetLength(0); i++)
            {
                for (int j = 0; j < forward.GetLength(1); j++)
                {
                    Claim.That(
                        Math.Abs(forward[i, j] - reverse[i, j]) <= Rounding.Bound<T>(map.Roundings, Math.Abs(forward[i, j])),
                        $"J[{i}, {j}] of input {input} is {forward[i, j]:R} forward, {reverse[i, j]:R} in reverse.");
                }
            }
        }
    }
}
