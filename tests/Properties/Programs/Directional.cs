using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// The derivatives of a program along one direction, of any order, by nested operators: each level is forward mode, or reverse mode
/// and a product with the direction, as the bits of <paramref name="modes"/> say.
/// </summary>
/// <param name="program">The function.</param>
/// <param name="direction">The direction.</param>
/// <param name="modes">The mode of each level, a bit each.</param>
/// <param name="one">
/// The number 1, where seeds begin. As a variable, it makes all that is computed with a seed a part of the graph, constant or not.
/// </param>
internal sealed class Directional(Program program, double[] direction, int modes, NDArray<double>? one = null)
{
    private readonly NDArray<double>[] _direction = program.Arrays(direction);
    private readonly NDArray<double> _one = one ?? 1.0;

    /// <summary>The derivative of the given order, a single number.</summary>
    public NDArray<double> Along(int order, NDArray<double>[] x) =>
        order == 0 ? program.Call(x)
        : (modes >> order & 1) == 0 ? Forward(order, x)
        : x.Zip(Gradient(order, x), _direction).Aggregate((NDArray<double>)0.0, (sum, term) => sum + NDMath.Sum(term.Second * term.Third));

    /// <summary>The same with forward mode outermost.</summary>
    public NDArray<double> Forward(int order, NDArray<double>[] x) =>
        Ad.Jvp<double>(t => Along(order - 1, [.. x.Zip(_direction, (input, way) => input + (t * way))]), 0.0, _one).Tangent;

    /// <summary>The gradient of the derivative one order below, with reverse mode outermost.</summary>
    public NDArray<double>[] Gradient(int order, NDArray<double>[] x) =>
        Ad.Grad((NDArray<double>[] y) => Along(order - 1, y), x, gradOutputs: _one);

    public double[] Gradient(int order, double[] point) => Flatten(Gradient(order, program.Arrays(point)));

    public static double[] Flatten(NDArray<double>[] arrays) => [.. arrays.SelectMany(array => array.ToArray())];
}
