namespace Grad.Functional;

/// <summary>The derivatives that the operators of Ad offer, on nodes of any element type and number.</summary>
internal static class Derivatives
{
    /// <summary>Value and the product of the seed with the Jacobian, for each input.</summary>
    public static (Node Value, Node[] Grads) Gradient(
        string operation, Func<Node[], Node> f, Node[] inputs, UnusedInputs unused = UnusedInputs.Zeros, Node? gradOutputs = null, GradOptions? options = null)
    {
        using var call = Call.Run(operation, f, inputs, options);
        if (PlannedGradient.TryRun(call, gradOutputs, unused) is { } planned)
        {
            return planned;
        }

        var grads = Pull(call, Seed(operation, call.Output, gradOutputs), unused);
        return (call.Release(call.Output), grads);
    }

    /// <summary>The same for values already computed.</summary>
    public static Node[] Gradient(Node output, Node[] inputs, UnusedInputs unused, Node? gradOutputs)
    {
        ArgumentNullException.ThrowIfNull(output);
        for (var i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            if (!inputs[i].IsTraced)
            {
                throw new ArgumentException(
                    $"Ad.Grad(output, inputs) needs inputs whose use was recorded, but input {i}, of shape {inputs[i].Shape}, is a plain array. " +
                    "Make it with Ad.Variable before computing the output, or call Ad.Grad(f, x) with a function.",
                    nameof(inputs));
            }
        }

        var results = Reverse.Run([output], [Seed("Ad.Grad", output, gradOutputs)], inputs);
        var grads = new Node[inputs.Length];
        for (var i = 0; i < grads.Length; i++)
        {
            if (results[i].IsZero && unused == UnusedInputs.Throw)
            {
                throw new ArgumentException(
                    $"Ad.Grad was asked for a derivative with respect to input {i}, but the output does not depend on it. Use it, or pass UnusedInputs.Zeros.",
                    nameof(inputs));
            }

            grads[i] = Pending.Clean(results[i]) ?? inputs[i].Constant(0, inputs[i].Shape);
        }

        return grads;
    }

    /// <summary>The value, and a function from cotangents of the output to those of the inputs.</summary>
    public static (Node Value, Func<Node, Node[]> Pullback) Pullback(Func<Node[], Node> f, Node[] inputs, GradOptions? options)
    {
        using var call = Call.Run("Ad.Vjp", f, inputs, options);
        var value = call.Release(call.Output);
        return (value, cotangent =>
        {
            ArgumentNullException.ThrowIfNull(cotangent);
            using var scope = OptionsScope.Enter(options);
            using var recording = new Recording();
            var results = Reverse.Run([call.Output], [Seed("The pullback of Ad.Vjp", call.Output, cotangent)], call.Inputs);
            return Array.ConvertAll(
                Indices(inputs.Length), i => Call.Release(Pending.Clean(results[i]) ?? inputs[i].Constant(0, inputs[i].Shape), recording.Birth));
        }
        );
    }

    /// <summary>Value and tangent of the output.</summary>
    public static (Node Value, Node Tangent) Push(string operation, Func<Node[], Node> f, Node input, Node tangent, GradOptions? options)
    {
        using var call = Call.Run(operation, f, [input], options);
        var result = Forward.Run([call.Output], call.Inputs, [Tangent(operation, input, tangent)])[0];
        if (result.IsZero)
        {
            call.CheckUnused(0, UnusedInputs.Zeros);
        }

        return (call.Release(call.Output), call.Release(result, call.Output));
    }

    /// <summary>The value, and a function from tangents of the input to those of the output.</summary>
    public static (Node Value, Func<Node, Node> Pushforward) Linearize(Func<Node[], Node> f, Node input, GradOptions? options)
    {
        using var call = Call.Run("Ad.Linearize", f, [input], options);
        var value = call.Release(call.Output);
        return (value, tangent =>
        {
            ArgumentNullException.ThrowIfNull(tangent);
            using var scope = OptionsScope.Enter(options);
            using var recording = new Recording();
            var result = Forward.Run([call.Output], call.Inputs, [Tangent("The pushforward of Ad.Linearize", input, tangent)])[0];
            return Call.Release(Pending.Clean(result) ?? call.Output.Constant(0, call.Output.Shape), recording.Birth);
        }
        );
    }

    /// <summary>The cotangents of the call's inputs as its caller gets them.</summary>
    private static Node[] Pull(Call call, in Masked seed, UnusedInputs unused)
    {
        var results = Reverse.Run([call.Output], [seed], call.Inputs);
        var grads = new Node[results.Length];
        for (var i = 0; i < grads.Length; i++)
        {
            if (results[i].IsZero)
            {
                call.CheckUnused(i, unused);
            }

            grads[i] = call.Release(results[i], call.Inputs[i]);
        }

        return grads;
    }

    /// <summary>What the cotangents begin with.</summary>
    public static Masked Seed(string operation, Node output, Node? gradOutputs)
    {
        if (gradOutputs is null)
        {
            return output.Length == 1
                ? new Masked(output.Constant(1, output.Shape))
                : throw new ArgumentException(
                    $"{operation} needs f to return a single number, but it returned shape {output.Shape}. Reduce it (Sum, Mean), give gradOutputs, " +
                    "or use Ad.Jacobian.",
                    "f");
        }

        if (gradOutputs.Shape != output.Shape && gradOutputs.Rank != 0)
        {
            throw new ArgumentException(
                $"{operation} needs a seed of the output's shape {output.Shape}, or a single number for every element, but got shape {gradOutputs.Shape}.",
                "gradOutputs");
        }

        return new Masked(Broadcast.To(gradOutputs, output.Shape));
    }

    private static Masked Tangent(string operation, Node input, Node tangent)
    {
        ArgumentNullException.ThrowIfNull(tangent);
        if (tangent.Shape != input.Shape && tangent.Rank != 0)
        {
            throw new ArgumentException(
                $"{operation} needs a tangent of the input's shape {input.Shape}, or a single number for every element, but got shape {tangent.Shape}.",
                "t");
        }

        return new Masked(Broadcast.To(tangent, input.Shape));
    }

    private static int[] Indices(int count) => Axes.All(count);
}
