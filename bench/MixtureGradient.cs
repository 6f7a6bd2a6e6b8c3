using BenchmarkDotNet.Attributes;
using Grad.Functional;
using Mixture;

namespace Bench;

/// <summary>What does the gradient of a whole model cost: the log posterior of a Gaussian mixture, 1,000 points, 660 parameters?</summary>
public class MixtureGradient : IQuestion
{
    private GradBenchFile _data = null!;

    [GlobalSetup]
    public void Setup() => _data = GradBenchFile.Read(Path.Combine(Bars.Root, "examples", "data", "gmm-10_10_1000.json"));

    [Benchmark] public NDArray<double> Value() => _data.Model.LogPosterior(_data.At);

    [Benchmark] public Parameters Gradient() => Ad.Grad<Parameters, double>(_data.Model.LogPosterior, _data.At);

    IEnumerable<Row> IQuestion.Rows()
    {
        yield return Row.Against(
            "mixture, gradient to value",
            () =>
            {
                Setup();
                return (() => Gradient().Mu.AsSpan(), () => Value().AsSpan());
            });
    }
}
