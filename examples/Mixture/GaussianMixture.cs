using Grad.Functional;
using MathNet.Numerics;
using static Grad.Functional.NDMath;

namespace Mixture;

/// <summary>
/// The parameters of a mixture of k Gaussians in d dimensions. The inverse covariance of a component is QᵀQ with a lower triangular Q, whose
/// diagonal is e^<paramref name="Q"/> and whose strict lower triangle is <paramref name="L"/>.
/// </summary>
/// <param name="Alpha">[k]: the weights are softmax(alpha).</param>
/// <param name="Mu">[k, d]: the means.</param>
/// <param name="Q">[k, d]: the logarithms of the diagonals.</param>
/// <param name="L">[k, d(d − 1)/2]: the strict lower triangles, column by column.</param>
public sealed record Parameters(NDArray<double> Alpha, NDArray<double> Mu, NDArray<double> Q, NDArray<double> L) : IArrayTree
{
    /// <summary>Each array in turn.</summary>
    public NDArray<double>[] Arrays => [Alpha, Mu, Q, L];

    /// <summary>The number of parameters.</summary>
    public int Count => Arrays.Sum(array => array.Length);

    /// <summary>All numbers in a row.</summary>
    public double[] Flat() => [.. Arrays.SelectMany(array => array.ToArray())];

    /// <summary>The same parameters over other numbers, given in a row.</summary>
    public Parameters FromFlat(NDArray<double> flat)
    {
        var start = 0;
        NDArray<double> Next(NDArray<double> like) => flat[start..(start += like.Length)].Reshape(like.Shape);
        return new Parameters(Next(Alpha), Next(Mu), Next(Q), Next(L));
    }

    /// <inheritdoc/>
    public void Flatten(ITreeWriter writer) => Array.ForEach(Arrays, writer.Add);

    /// <inheritdoc/>
    public object Rebuild(ITreeReader reader) => new Parameters(
        reader.Next<double>(), reader.Next<double>(), reader.Next<double>(), reader.Next<double>());
}

/// <summary>
/// The log posterior of a Gaussian mixture with a Wishart prior on the inverse covariances, to be maximised; the objective of the GradBench
/// suite's evaluation "gmm".
/// </summary>
/// <param name="x">[n, d]: the points.</param>
/// <param name="gamma">The scale of the prior.</param>
/// <param name="m">Its degrees of freedom beyond d + 1.</param>
public sealed class GaussianMixture(NDArray<double> x, double gamma, int m)
{
    /// <summary>The log posterior, a single number.</summary>
    public NDArray<double> LogPosterior(Parameters p)
    {
        var (n, d, k) = (x.Shape[0], x.Shape[1], p.Alpha.Length);
        var diagonal = Exp(p.Q);
        var logDeterminant = Sum(p.Q, axis: 1);

        // The triangles, put into [k, d, d] where they belong; then Q·(x − μ) for all points and components at once: [k, n, d].
        var triangle = NDArray.Zeros<double>(k, d * d).At[.., StrictLower(d)].Set(p.L).Reshape(k, d, d);
        var centred = x - p.Mu.ExpandDims(1);
        var scaled = (centred * diagonal.ExpandDims(1)) + MatMul(centred, Permute(triangle, 0, 2, 1));

        var components = (p.Alpha + logDeterminant).ExpandDims(1) - (0.5 * Sum(Square(scaled), axis: 2));
        var likelihood = Sum(LogSumExp(components, axis: 0)) - (n * LogSumExp(p.Alpha)) - (0.5 * n * d * Math.Log(2 * Math.PI));
        var prior = (0.5 * gamma * gamma * (Sum(Square(diagonal)) + Sum(Square(p.L)))) - (m * Sum(logDeterminant));
        return likelihood - prior + (k * WishartConstant(d));
    }

    /// <summary>The places of the strict lower triangle in a flattened d x d matrix, column by column.</summary>
    private static NDArray<int> StrictLower(int d) =>
        Enumerable.Range(0, d).SelectMany(column => Enumerable.Range(column + 1, d - column - 1).Select(row => (row * d) + column)).ToArray();

    // The logarithm of the Wishart distribution's normalising constant, with the multivariate log-gamma function.
    private double WishartConstant(int d)
    {
        var degrees = d + m + 1;
        var logGamma = (0.25 * d * (d - 1) * Math.Log(Math.PI)) + Enumerable.Range(0, d).Sum(j => SpecialFunctions.GammaLn(0.5 * (degrees - j)));
        return (degrees * d * (Math.Log(gamma) - (0.5 * Math.Log(2)))) - logGamma;
    }
}
