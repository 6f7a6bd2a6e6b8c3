using System.Text.Json;
using Grad.Functional;

namespace Mixture;

/// <summary>A data file of the GradBench suite's evaluation "gmm": input, and the results of its hand-written C++.</summary>
public sealed record GradBenchFile(GaussianMixture Model, Parameters At, double ExpectedValue, Parameters ExpectedGradient)
{
    /// <summary>Reads a file.</summary>
    public static GradBenchFile Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var (input, expected) = (json.RootElement.GetProperty("input"), json.RootElement.GetProperty("expected"));
        var model = new GaussianMixture(Matrix(input.GetProperty("x")), input.GetProperty("gamma").GetDouble(), input.GetProperty("m").GetInt32());
        return new GradBenchFile(
            model, ReadParameters(input), expected.GetProperty("objective").GetDouble(), ReadParameters(expected.GetProperty("jacobian")));
    }

    private static Parameters ReadParameters(JsonElement json) =>
        new(Row(json.GetProperty("alpha")), Matrix(json.GetProperty("mu")), Matrix(json.GetProperty("q")), Matrix(json.GetProperty("l")));

    private static NDArray<double> Row(JsonElement json) => json.EnumerateArray().Select(value => value.GetDouble()).ToArray();

    private static NDArray<double> Matrix(JsonElement json) => NDMath.Stack<double>(json.EnumerateArray().Select(Row).ToArray());
}
