using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>
    /// An array whose use is recorded from here on, so that <see cref="Grad{T}(NDArray{T}, NDArray{T}, UnusedInputs, NDArray{T}?)"/> can
    /// differentiate what is computed from it. What depends on it keeps its graph for as long as it lives.
    /// </summary>
    public static NDArray<T> Variable<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return (NDArray<T>)x.MakeLeaf(VariableOp.Instance, VariableOp.Instance.Birth, placeholder: false);
    }

    /// <summary>
    /// The gradient of a value already computed, as <c>torch.autograd.grad(outputs, inputs, grad_outputs)</c>; always differentiable again.
    /// </summary>
    /// <param name="output">A value computed from the input.</param>
    /// <param name="input">An <see cref="Variable"/>, or any traced value on the way to the output.</param>
    /// <param name="unused">What an input gets that the output does not depend on.</param>
    /// <param name="gradOutputs">A seed of the output's shape, or a single number; needed unless the output is a single number.</param>
    /// <exception cref="ArgumentException">The input is a plain array; the output is no single number and there is no seed; the seed has another shape.</exception>
    public static NDArray<T> Grad<T>(
        NDArray<T> output, NDArray<T> input, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null)
        where T : unmanaged, IFloatingPointIeee754<T> => (NDArray<T>)Derivatives.Gradient(output, [input], unused, gradOutputs)[0];

    /// <inheritdoc cref="Grad{T}(NDArray{T}, NDArray{T}, UnusedInputs, NDArray{T}?)"/>
    public static NDArray<T>[] Grad<T>(
        NDArray<T> output, NDArray<T>[] inputs, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Array.ConvertAll(Derivatives.Gradient(output, inputs, unused, gradOutputs), node => (NDArray<T>)node);
    }

    /// <inheritdoc cref="Grad{T}(NDArray{T}, NDArray{T}, UnusedInputs, NDArray{T}?)"/>
    public static (NDArray<T>, NDArray<T>) Grad<T>(
        NDArray<T> output, (NDArray<T>, NDArray<T>) inputs, UnusedInputs unused = UnusedInputs.Zeros, NDArray<T>? gradOutputs = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var grads = Derivatives.Gradient(output, [inputs.Item1, inputs.Item2], unused, gradOutputs);
        return ((NDArray<T>)grads[0], (NDArray<T>)grads[1]);
    }
}
