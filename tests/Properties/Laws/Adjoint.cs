using Xunit;

namespace Properties.Laws;

/// <summary>Reverse is the transpose of forward: ⟨Jt, w⟩ = ⟨t, Jᵀw⟩, but for the rounding of both sums.</summary>
public sealed class Adjoint : OpLaw
{
    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var (call, map) = LinearMap.At<T>(point, tally);
        var (tangents, cotangent) = (Seeds.Like(call.Inputs, 1), Seeds.Like(call.Value(), 2));
        double forward = Seeds.Inner(Seeds.Doubles(call.Push(tangents)), Seeds.Doubles(cotangent));
        double reverse = call.Pull(cotangent).Select((pulled, i) => Seeds.Inner(Seeds.Doubles(tangents[i]), Seeds.Doubles(pulled))).Sum();
        double bound = Rounding.Bound<T>(map.Roundings, map.Magnitude(tangents, cotangent));
        Claim.That(
            Math.Abs(forward - reverse) <= bound,
            $"⟨Jt, w⟩ = {forward:R}, ⟨t, Jᵀw⟩ = {reverse:R}, error bound {bound:G2}.");
    }
}
