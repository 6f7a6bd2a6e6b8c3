using Xunit;

namespace Properties.Values;

/// <summary>What random keys gave when they were made, and what they must give.</summary>
internal static class Recorded
{
    /// <summary>Of key 42, as all others here; confirmed by a second implementation.</summary>
    public static readonly double[] Uniform = [0.4685865183391049, 0.34086154938517876, 0.32706338120338474, 0.4543156017348883];

    public static readonly float[] UniformSingle = [0.612959862f, 0.468586504f, 0.0732316971f, 0.340861499f];

    public static readonly double[] Normal = [-0.07882346885253179, -0.41011294279565147, -0.4480366278979277, -0.11476523741853367];

    public static readonly float[] NormalSingle = [0.287041903f, -0.0788234696f, -1.45213711f, -0.410112947f];

    public static readonly double[] Interval = [0.40575955501731475, 0.02258464815553629, -0.01880985638984578, 0.3629468052046647];

    public static readonly double[] SecondPart = [0.5412490516222094, 0.447582902009113];

    /// <summary>Of 2¹⁸ normal numbers.</summary>
    public const ulong Fingerprint = 5136697812906719124;

    /// <inheritdoc cref="Fingerprint"/>
    public const ulong FingerprintSingle = 6904664308724423179;

    /// <summary>Probabilities and the numbers below which a standard normal one lies with them, from series summed in 80 digits.</summary>
    public static TheoryData<double, double> Quantiles => new()
    {
        { 1.1102230246251565e-16, -8.209536151601387 },
        { 8.881784197001252e-16, -7.956038125481531 },
        { 1e-15, -7.941345326170997 },
        { 1e-13, -7.348796102800677 },
        { 1.3e-11, -6.667611456510741 },
        { 1.4e-11, -6.656723091518184 },
        { 1e-09, -5.9978070150076865 },
        { 1e-06, -4.753424308822899 },
        { 0.0001, -3.7190164854556804 },
        { 0.001, -3.0902323061678136 },
        { 0.01, -2.326347874040841 },
        { 0.05, -1.6448536269514726 },
        { 0.074, -1.4466320671589785 },
        { 0.0751, -1.43882539275254 },
        { 0.1, -1.2815515655446004 },
        { 0.2, -0.8416212335729142 },
        { 0.3, -0.5244005127080408 },
        { 0.4, -0.2533471031357997 },
        { 0.49, -0.025068908258711057 },
        { 0.4999, -0.00025066283008800747 },
        { 0.5, 0.0 },
        { 0.51, 0.025068908258711057 },
        { 0.6, 0.2533471031357997 },
        { 0.75, 0.6744897501960817 },
        { 0.9, 1.2815515655446006 },
        { 0.9249, 1.4388253927525403 },
        { 0.9251, 1.440238267527964 },
        { 0.99, 2.3263478740408408 },
        { 0.9999, 3.7190164854557084 },
        { 0.9999999, 5.199337582290661 },
        { 0.9999999999990905, 7.047700256664409 },
        { 0.9999999999999998, 8.125890664701906 },
    };
}
