using Grad.Functional;

namespace Properties.Programs;

/// <summary>
/// The derivatives of a program along one direction, of any order, by nested operators: each level is forward mode, or reverse mode
/// and a product with the direction, as the bits of <paramref name="modes"/> say.
/// </summary>
internal sealed class Directional(Program program, double[] direction, int modes)
{
    private readonly NDArray<double>[] _direction = program.Arrays(direction);

    /// <summary>The derivative of the given order, a single number.</summary>
    public NDArray<double> Along(int order, NDArray<double>[] x) =>
        order == 0 ? program.Call(x)
        : (modes >> order & 1) == 0 ? Forward(order, x)
        : x.Zip(Gradient(order, x), _direction).Aggregate((NDArray<double>)0.0, (sum, term) => sum + NDMath.Sum(term.Second * term.Third));

    /// <summary>The same with forward mode outermost.</summary>
    public NDArray<double> Forward(int order, NDArray<double>[] x) =>
        Ad.Jvp<double>(t => Along(order - 1, [.. x.Zip(_direction, (input, way) => input + (t * way))]), 0.0, 1.0).Tangent;

    /// <summary>The gradient of the derivative one order below, with reverse mode outermost.</summary>
    public NDArray<double>[] Gradient(int order, NDArray<double>[] x) => Ad.Grad((NDArray<double>[] y) => Along(order - 1, y), x);

    public double[] Gradient(int order, double[] point) => Flatten(Gradient(order, program.Arrays(point)));

    public static double[] Flatten(NDArray<double>[] arrays) => [.. arrays.SelectMany(array => array.ToArray())];
}
