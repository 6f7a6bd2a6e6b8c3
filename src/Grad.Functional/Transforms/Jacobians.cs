namespace Grad.Functional;

/// <summary>Whole Jacobians, as the operators of Ad offer them.</summary>
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

        var output = call.Output;
        var reverse = mode == JacobianMode.Reverse || (mode == JacobianMode.Auto && output.Length <= inputLength);
        var derivation = reverse ? FullJacobian.ByRows : FullJacobian.ByColumns;
        return call.Fill(PlannedCall.Ask(call, derivation, derivation.Seeds(call)), i => Shape.Create([.. output.Shape, .. inputs[i].Shape]));
    }

    /// <summary>The Hessian of a single number, of shape input.Shape ++ input.Shape.</summary>
    public static Node Hessian(Func<Node[], Node> f, Node input, GradOptions? options)
    {
        using var call = Call.Run("Ad.Hessian", f, [input], options);
        Derivatives.CheckSeed(call.Operation, call.Output, null);
        var result = PlannedCall.Ask(call, FullJacobian.Hessian, FullJacobian.Hessian.Seeds(call));
        return call.Fill(result, _ => Shape.Create([.. input.Shape, .. input.Shape]))[0];
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

        return call.Fill(PlannedCall.Ask(call, SampleJacobian.Instance, []), _ => SampleJacobian.ShapeOf(output, input))[0];
    }
}
