namespace Grad.Functional;

/// <summary>The derivatives that the operators of Ad offer, on nodes of any element type and number.</summary>
internal static class Derivatives
{
    /// <summary>Value and the product of the seed with the Jacobian, for each input.</summary>
    public static (Node Value, Node[] Grads) Gradient(
        string operation, Func<Node[], Node> f, Node[] inputs, UnusedInputs unused = UnusedInputs.Zeros, Node? gradOutputs = null, GradOptions? options = null)
    {
        using var call = Call.Run(operation, f, inputs, options);
        CheckSeed(operation, call.Output, gradOutputs);
        var results = gradOutputs is null
            ? PlannedCall.Ask(call, ReverseProduct.Instance)
            : PlannedCall.Ask(call, ReverseProduct.Instance, gradOutputs);
        return (results[0]!, call.Fill(results[1..], i => inputs[i].Shape, unused));
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

        CheckSeed("Ad.Grad", output, gradOutputs);
        var results = Reverse.Run([output], [ReverseProduct.Seed(output, gradOutputs)], inputs);
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
            CheckSeed("The pullback of Ad.Vjp", call.Output, cotangent);
            var results = PlannedCall.Ask(call, Functional.Pullback.Instance, cotangent);
            return Array.ConvertAll(Axes.All(inputs.Length), i => results[i] ?? inputs[i].Constant(0, inputs[i].Shape));
        }
        );
    }

    /// <summary>Value and tangent of the output.</summary>
    public static (Node Value, Node Tangent) Push(Func<Node[], Node> f, Node input, Node tangent, GradOptions? options)
    {
        using var call = Call.Run("Ad.Jvp", f, [input], options);
        CheckTangent(call.Operation, input, tangent);
        var results = PlannedCall.Ask(call, ForwardProduct.Instance, tangent);
        return (results[0]!, call.Fill(results[1..], _ => results[0]!.Shape)[0]);
    }

    /// <summary>The Hessian of a function that returns a single number, times a vector.</summary>
    public static Node HessianVectorProduct(Func<Node[], Node> f, Node input, Node vector, GradOptions? options)
    {
        using var call = Call.Run("Ad.HessianVectorProduct", f, [input], options);
        CheckSeed(call.Operation, call.Output, null);
        CheckTangent(call.Operation, input, vector);
        return call.Fill(PlannedCall.Ask(call, HessianProduct.Instance, vector), _ => input.Shape)[0];
    }

    /// <summary>The value, and a function from tangents of the input to those of the output.</summary>
    public static (Node Value, Func<Node, Node> Pushforward) Linearize(Func<Node[], Node> f, Node input, GradOptions? options)
    {
        using var call = Call.Run("Ad.Linearize", f, [input], options);
        var value = call.Release(call.Output);
        return (value, tangent =>
        {
            using var scope = OptionsScope.Enter(options);
            CheckTangent("The pushforward of Ad.Linearize", input, tangent);
            return PlannedCall.Ask(call, Pushforward.Instance, tangent)[0] ?? call.Output.Constant(0, call.Output.Shape);
        }
        );
    }

    /// <summary>Refuses what a cotangent of the output cannot begin with.</summary>
    public static void CheckSeed(string operation, Node output, Node? gradOutputs)
    {
        if (gradOutputs is null && output.Length != 1)
        {
            throw new ArgumentException(
                $"{operation} needs f to return a single number, but it returned shape {output.Shape}. Reduce it (Sum, Mean), give gradOutputs, " +
                "or use Ad.Jacobian.",
                "f");
        }

        if (gradOutputs is not null && gradOutputs.Shape != output.Shape && gradOutputs.Rank != 0)
        {
            throw new ArgumentException(
                $"{operation} needs a seed of the output's shape {output.Shape}, or a single number for every element, but got shape {gradOutputs.Shape}.",
                "gradOutputs");
        }
    }

    private static void CheckTangent(string operation, Node input, Node tangent)
    {
        ArgumentNullException.ThrowIfNull(tangent);
        if (tangent.Shape != input.Shape && tangent.Rank != 0)
        {
            throw new ArgumentException(
                $"{operation} needs a tangent of the input's shape {input.Shape}, or a single number for every element, but got shape {tangent.Shape}.",
                "t");
        }
    }
}
