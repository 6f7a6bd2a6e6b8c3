using System.Numerics;

namespace Grad.Functional;

/// <summary>Tells whether the derivatives of a function are right, by comparing them with differences of its values.</summary>
/// <remarks>
/// <para>
/// An element passes if |analytical − numerical| ≤ Atol + Rtol·|numerical|, as in torch.autograd.gradcheck; beside that, each block's
/// relative error ‖n − a‖ / (‖n‖ + ‖a‖) falls into a band: below 1e-7 correct, to 1e-5 probably, to 1e-3 suspicious, above wrong.
/// The function runs afresh at every point. It may return any shape; the whole Jacobian is checked, in reverse and in forward mode.
/// </para>
/// <para>
/// A float32 function is checked in float64: each run is traced in float32 and evaluated in float64, so that a right derivative is never
/// called wrong for the rounding of float32. The report shows what differences in float32 would have said.
/// </para>
/// </remarks>
public static class GradCheck
{
    /// <summary>Checks a function of one input.</summary>
    /// <param name="f">The function; it may return any shape.</param>
    /// <param name="x">Where to check.</param>
    /// <param name="options">Step, tolerances, order, formula and modes; those of torch if left out.</param>
    /// <returns>The report; Verify throws it if the check does not pass.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of range; an element of an input is not finite, or too large for the step; the output does not depend on an input
    /// but on a number read out of it.
    /// </exception>
    public static GradCheckReport Check<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return Check<T>(p => f((NDArray<T>)p[0]), [x], ["x"], options);
    }

    /// <summary>Checks a function of two inputs, by both.</summary>
    /// <inheritdoc cref="Check{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static GradCheckReport Check<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return Check<T>(p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), [x, y], ["x", "y"], options);
    }

    /// <summary>Checks a function of three inputs, by each.</summary>
    /// <inheritdoc cref="Check{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static GradCheckReport Check<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        return Check<T>(p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), [x, y, z], ["x", "y", "z"], options);
    }

    /// <summary>Checks a function of an array of arrays, by each of them.</summary>
    /// <inheritdoc cref="Check{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static GradCheckReport Check<T>(Func<NDArray<T>[], NDArray<T>> f, NDArray<T>[] inputs, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(inputs);
        var names = inputs.Select((_, i) => FormattableString.Invariant($"inputs[{i}]")).ToArray();
        return Check<T>(p => f(Array.ConvertAll(p, node => (NDArray<T>)node)), inputs, names, options);
    }

    /// <summary>Checks a function of one input and throws the report if it does not pass.</summary>
    /// <inheritdoc cref="Check{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)" path="/param"/>
    /// <exception cref="GradCheckException">The check does not pass; the message is the report.</exception>
    /// <exception cref="ArgumentException">As for Check.</exception>
    public static void Verify<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => ThrowUnlessPassed(Check(f, x, options));

    /// <summary>Checks a function of two inputs and throws the report if it does not pass.</summary>
    /// <inheritdoc cref="Verify{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static void Verify<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => ThrowUnlessPassed(Check(f, x, y, options));

    /// <summary>Checks a function of three inputs and throws the report if it does not pass.</summary>
    /// <inheritdoc cref="Verify{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static void Verify<T>(
        Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => ThrowUnlessPassed(Check(f, x, y, z, options));

    /// <summary>Checks a function of an array of arrays and throws the report if it does not pass.</summary>
    /// <inheritdoc cref="Verify{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T}, GradCheckOptions?)"/>
    public static void Verify<T>(Func<NDArray<T>[], NDArray<T>> f, NDArray<T>[] inputs, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => ThrowUnlessPassed(Check(f, inputs, options));

    private static void ThrowUnlessPassed(GradCheckReport report)
    {
        if (!report.Passed)
        {
            throw new GradCheckException(report);
        }
    }

    private static GradCheckReport Check<T>(Func<Node[], Node> f, NDArray<T>[] inputs, string[] names, GradCheckOptions? options)
        where T : unmanaged
    {
        foreach (var (input, name) in inputs.Zip(names))
        {
            ArgumentNullException.ThrowIfNull(input, name);
        }

        // What an enclosing call traces is a constant here.
        var plain = Array.ConvertAll(inputs, input => new NDArray<T>(input.ToArray(), input.Shape));
        return Assessment.Of(f, plain, names, options ?? new GradCheckOptions());
    }
}
