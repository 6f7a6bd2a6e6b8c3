using System.Numerics;

namespace Grad.Functional;

/// <summary>Derivatives estimated from values: needs nothing but a function, and costs accuracy and evaluations.</summary>
/// <remarks>
/// Every step is made exactly representable next to the element it moves, and differences are divided by the distance between the points
/// really used. A step that is given is absolute and the same for every element; one that is left out is eps^(1/2) for
/// <see cref="FiniteDifferenceFormula.Forward"/> and <see cref="FiniteDifferenceFormula.Backward"/>, eps^(1/3) for
/// <see cref="FiniteDifferenceFormula.Central"/> and eps^(1/5) for <see cref="FiniteDifferenceFormula.FivePoint"/>, times max(1, |x|)
/// for each element, where eps is 2⁻⁵² for double and 2⁻²³ for float. All is computed in the element type: float32 differences are as
/// coarse as float32 is. To judge a derivative use <see cref="GradCheck"/>, which checks float32 functions in float64.
/// </remarks>
public static class FiniteDifference
{
    /// <summary>The derivative of a function of one number.</summary>
    /// <param name="f">The function; it runs at each point of the formula.</param>
    /// <param name="x">Where to differentiate.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="step">The step, absolute; left out, the best of the formula times max(1, |x|).</param>
    /// <exception cref="ArgumentException">
    /// x is not finite; the step is not positive, vanishes next to x, or leads out of range.
    /// </exception>
    public static double Derivative(
        Func<double, double> f, double x, FiniteDifferenceFormula formula = FiniteDifferenceFormula.Central, double? step = null)
    {
        const string Operation = "FiniteDifference.Derivative";
        ArgumentNullException.ThrowIfNull(f);
        Steps.Require(Operation, step);
        var stencil = Stencil.Of(formula);
        var exact = Steps.At(Operation, stencil, x, step, () => "x");
        double[] atX = [stencil.UsesPoint ? f(x) : 0];
        return stencil.Along(point => [f(point)], x, exact, atX)[0];
    }

    /// <summary>The gradient of a function that returns a single number.</summary>
    /// <inheritdoc cref="Jacobian{T}" path="/param"/>
    /// <returns>An array of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentException">
    /// f returns more than one number; x is not finite; the step is not positive, vanishes next to an element of x, or leads out of range.
    /// </exception>
    public static NDArray<T> Gradient<T>(
        Func<NDArray<T>, NDArray<T>> f,
        NDArray<T> x,
        FiniteDifferenceFormula formula = FiniteDifferenceFormula.Central,
        double? step = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const string Operation = "FiniteDifference.Gradient";
        var (_, derivatives) = Derivatives(Operation, f, x, formula, step, RequireSingleNumber);
        return new NDArray<T>(derivatives, x.Shape);

        static void RequireSingleNumber(Shape output)
        {
            if (output.ElementCount != 1)
            {
                throw new ArgumentException(
                    $"{Operation} needs f to return a single number, but it returned shape {output}. Reduce it (Sum, Mean), or use " +
                    "FiniteDifference.Jacobian.",
                    nameof(f));
            }
        }
    }

    /// <summary>The Jacobian of a function that may return any shape: output.Shape ++ x.Shape.</summary>
    /// <param name="f">The function; it runs once at x, and afresh at every point to which an element is moved.</param>
    /// <param name="x">Where to differentiate.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="step">The step, absolute; left out, the best of the formula times max(1, |x|) for each element.</param>
    /// <exception cref="ArgumentException">
    /// x is not finite; the step is not positive, vanishes next to an element of x, or leads out of range; f returns another shape
    /// elsewhere.
    /// </exception>
    public static NDArray<T> Jacobian<T>(
        Func<NDArray<T>, NDArray<T>> f,
        NDArray<T> x,
        FiniteDifferenceFormula formula = FiniteDifferenceFormula.Central,
        double? step = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (output, derivatives) = Derivatives("FiniteDifference.Jacobian", f, x, formula, step, _ => { });
        return new NDArray<T>(derivatives, Shape.Create([.. output, .. x.Shape]));
    }

    private static (Shape Output, T[] Derivatives) Derivatives<T>(
        string operation,
        Func<NDArray<T>, NDArray<T>> f,
        NDArray<T> x,
        FiniteDifferenceFormula formula,
        double? step,
        Action<Shape> require)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(x);
        Steps.Require(operation, step);
        var stencil = Stencil.Of(formula);
        var point = x.ToArray();
        var center = Call(point);
        require(center.Shape);
        var (output, atX) = (center.Shape, center.ToArray());
        var derivatives = new T[Shape.Create([.. output, .. x.Shape]).ElementCount];
        for (var i = 0; i < point.Length; i++)
        {
            var exact = Steps.At(operation, stencil, point[i], step, () => ElementName.Of("x", x.Shape, i));
            var column = stencil.Along(moved => Move(i, moved), point[i], exact, atX);
            for (var row = 0; row < column.Length; row++)
            {
                derivatives[(row * point.Length) + i] = column[row];
            }
        }

        return (output, derivatives);

        T[] Move(int i, T moved)
        {
            var values = (T[])point.Clone();
            values[i] = moved;
            var result = Call(values);
            return result.Shape == output
                ? result.ToArray()
                : throw new ArgumentException(
                    $"{operation} needs f to return the same shape near x, but it returned {output} at x and {result.Shape} with " +
                    FormattableString.Invariant($"{ElementName.Of("x", x.Shape, i)} = {moved}. ") +
                    "Differentiate at another point, or give a smaller step.",
                    nameof(f));
        }

        NDArray<T> Call(T[] values) =>
            f(new NDArray<T>(values, x.Shape))
            ?? throw new ArgumentException($"{operation} needs f to return an array, but it returned null.", nameof(f));
    }
}
