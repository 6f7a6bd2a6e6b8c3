using System.Numerics;
using Grad.Functional;

namespace Properties.Laws;

/// <summary>An op as a function of those operands that have derivatives; the others are fixed.</summary>
internal sealed class OpCall<T>(Op op, Node[] operands)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The op.</summary>
    public Op Op => op;

    /// <summary>All operands.</summary>
    public Node[] Operands => operands;

    /// <summary>The operands that have derivatives.</summary>
    public NDArray<T>[] Inputs { get; } = [.. operands.OfType<NDArray<T>>()];

    /// <summary>The op on other inputs.</summary>
    public NDArray<T> Apply(NDArray<T>[] inputs)
    {
        var all = (Node[])operands.Clone();
        for (int i = 0, next = 0; i < all.Length; i++)
        {
            if (all[i] is NDArray<T>)
                all[i] = inputs[next++];
        }

        return (NDArray<T>)op.Apply(all);
    }

    /// <summary>The result.</summary>
    public NDArray<T> Value() => Apply(Inputs);

    /// <summary>The product of a cotangent with the Jacobian, for each input: reverse mode.</summary>
    public NDArray<T>[] Pull(NDArray<T> cotangent) => Ad.Grad(Apply, Inputs, gradOutputs: cotangent);

    /// <summary>The product of the Jacobian with tangents of all inputs: forward mode, an input at a time.</summary>
    public NDArray<T> Push(NDArray<T>[] tangents)
    {
        NDArray<T>? sum = null;
        for (int i = 0; i < Inputs.Length; i++)
        {
            var (_, tangent) = Ad.Jvp(Along(i), Inputs[i], tangents[i]);
            sum = sum is null ? tangent : sum + tangent;
        }

        return sum!;
    }

    /// <summary>The block of the Jacobian of one input, as a matrix of doubles.</summary>
    public double[,] Jacobian(int input, JacobianMode mode)
    {
        var block = Ad.Jacobian(Along(input), Inputs[input], mode);
        int rows = Value().Length, columns = Inputs[input].Length;
        var elements = block.AsSpan();
        var matrix = new double[rows, columns];
        for (int i = 0; i < elements.Length; i++)
            matrix[i / columns, i % columns] = double.CreateChecked(elements[i]);
        return matrix;
    }

    /// <summary>The op as a function of one input.</summary>
    public Func<NDArray<T>, NDArray<T>> Along(int input) => x => Apply([.. Inputs[..input], x, .. Inputs[(input + 1)..]]);
}
