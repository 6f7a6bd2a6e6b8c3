namespace Grad.Functional;

/// <summary>Whole Jacobians: one derivative on a placeholder, then all one-hot seeds put in at once as a batch.</summary>
internal static class Jacobians
{
    /// <summary>For each input the block of shape output.Shape ++ input.Shape.</summary>
    public static Node[] Full(string operation, Func<Node[], Node> f, Node[] inputs, JacobianMode mode, GradOptions? options = null)
    {
        using var call = Call.Run(operation, f, inputs, options);
        long inputLength = 0;
        foreach (var input in inputs)
        {
            inputLength += input.Length;
        }

        var reverse = mode == JacobianMode.Reverse || (mode == JacobianMode.Auto && call.Output.Length <= inputLength);
        return reverse ? ByRows(call) : ByColumns(call);
    }

    /// <summary>The Jacobian of each sample: [N, …output, …input] of an f from [N, …input] to [N, …output].</summary>
    public static Node PerSample(Func<Node[], Node> f, Node input, GradOptions? options)
    {
        using var call = Call.Run("Ad.BatchJacobian", f, [input], options);
        var output = call.Output;
        if (input.Rank == 0 || output.Rank == 0 || output.Shape[0] != input.Shape[0])
        {
            throw new ArgumentException(
                "Ad.BatchJacobian needs an f from [N, …] to [N, …], sample by sample, but it led from shape " +
                $"{input.Shape} to {output.Shape}. Use Ad.Jacobian for a function that is not written over a batch.",
                nameof(f));
        }

        var results = PlannedCall.TryRun(call, SampleJacobian.Instance, []);
        var result = (results ?? SampleJacobian.Instance.Derive(call.Recording, output, call.Inputs, []))[0];
        if (result is null)
        {
            call.CheckUnused(0, UnusedInputs.Zeros);
            return input.Constant(0, SampleJacobian.ShapeOf(output, input));
        }

        return results is null ? call.Release(result) : result;
    }

    private static Node[] ByRows(Call call)
    {
        var output = call.Output;
        var placeholder = call.Placeholder(output);
        var derivatives = Reverse.Run([output], [placeholder], call.Inputs);
        var blocks = new Node[derivatives.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            var shape = Shape.Create([.. output.Shape, .. call.Inputs[i].Shape]);
            blocks[i] = Put(call, i, placeholder, derivatives[i], output, rows => ReshapeOp.To(rows, shape), shape);
        }

        return blocks;
    }

    private static Node[] ByColumns(Call call)
    {
        var output = call.Output;
        var blocks = new Node[call.Inputs.Length];
        for (var i = 0; i < blocks.Length; i++)
        {
            var input = call.Inputs[i];
            var placeholder = call.Placeholder(input);
            var derivative = Forward.Run([output], [input], [placeholder])[0];
            var shape = Shape.Create([.. output.Shape, .. input.Shape]);
            blocks[i] = Put(
                call,
                i,
                placeholder,
                derivative,
                input,
                columns => ReshapeOp.To(PermuteOp.Of(ReshapeOp.To(columns, [input.Length, output.Length]), [1, 0]), shape),
                shape);
        }

        return blocks;
    }

    private static Node Put(Call call, int index, Masked placeholder, Masked derivative, Node seeds, Func<Node, Node> arrange, Shape shape)
    {
        if (derivative.IsZero)
        {
            call.CheckUnused(index, UnusedInputs.Zeros);
            return call.Inputs[index].Constant(0, shape);
        }

        var batch = Replay.Batch([placeholder.Value!], [OneHot(seeds, seeds.Shape)], [Pending.Clean(derivative)!], seeds.Length)[0].Result;
        return call.Release(arrange(batch));
    }

    /// <summary>All one-hot arrays of a shape: [length, …shape], of the element type of <paramref name="like"/>.</summary>
    public static Node OneHot(Node like, Shape shape)
    {
        var index = NDArray.Arange(shape.ElementCount);
        var equal = Compare<EqualOp>.Default.Apply(ReshapeOp.To(index, [shape.ElementCount, 1]), index);
        return ReshapeOp.To(like.Convert(equal), Shape.Create([shape.ElementCount, .. shape]));
    }
}
