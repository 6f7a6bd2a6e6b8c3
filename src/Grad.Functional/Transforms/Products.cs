namespace Grad.Functional;

/// <summary>The value, and vᵀJ for each input: reverse mode once. Without a seed the gradient of a single number.</summary>
internal sealed class ReverseProduct : IDerivation
{
    public static readonly ReverseProduct Instance = new();

    private ReverseProduct()
    {
    }

    public void Describe(OpKey key) => key.Add(typeof(ReverseProduct));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) =>
        [output, .. Pull(output, inputs, seeds.IsEmpty ? null : seeds[0])];

    public Node?[] Compute(RecordingKey? order, Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) =>
        [output, .. CarryOut(order, output, inputs, seeds.IsEmpty ? null : seeds[0])];

    /// <summary>For each input the cotangent that reaches it; null for a structural zero.</summary>
    public static Node?[] Pull(Node output, Node[] inputs, Node? seed) => Clean(Reverse.Run([output], [Seed(output, seed)], inputs));

    /// <summary>The same where nobody derives further.</summary>
    public static Node?[] CarryOut(RecordingKey? order, Node output, Node[] inputs, Node? seed)
    {
        DirectExecutor.Evaluate(output);
        return Clean(Reverse.CarryOut(order, output, Seed(output, seed), inputs));
    }

    /// <summary>What the cotangents begin with.</summary>
    public static Masked Seed(Node output, Node? seed) => new(seed is null ? output.Constant(1, output.Shape) : Broadcast.To(seed, output.Shape));

    private static Node?[] Clean(Masked[] cotangents) => Array.ConvertAll(cotangents, cotangent => Pending.Clean(cotangent));
}

/// <summary>vᵀJ for each input, of one recording many times.</summary>
internal sealed class Pullback : IDerivation
{
    public static readonly Pullback Instance = new();

    private Pullback()
    {
    }

    public bool UsesValues => true;

    public void Describe(OpKey key) => key.Add(typeof(Pullback));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) => ReverseProduct.Pull(output, inputs, seeds[0]);

    public Node?[] Compute(RecordingKey? order, Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) =>
        ReverseProduct.CarryOut(order, output, inputs, seeds[0]);
}

/// <summary>The value, and Jt of one input: forward mode once.</summary>
internal sealed class ForwardProduct : IDerivation
{
    public static readonly ForwardProduct Instance = new();

    private ForwardProduct()
    {
    }

    public void Describe(OpKey key) => key.Add(typeof(ForwardProduct));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) => [output, Push(output, inputs[0], seeds[0])];

    /// <summary>The tangent of the output; null for a structural zero.</summary>
    public static Node? Push(Node output, Node input, Node tangent) =>
        Pending.Clean(Forward.Run([output], [input], [new Masked(Broadcast.To(tangent, input.Shape))])[0]);
}

/// <summary>Jt of one input, of one recording many times.</summary>
internal sealed class Pushforward : IDerivation
{
    public static readonly Pushforward Instance = new();

    private Pushforward()
    {
    }

    public bool UsesValues => true;

    public void Describe(OpKey key) => key.Add(typeof(Pushforward));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) => [ForwardProduct.Push(output, inputs[0], seeds[0])];
}

/// <summary>The Hessian of a single number, times a vector: forward over reverse.</summary>
internal sealed class HessianProduct : IDerivation
{
    public static readonly HessianProduct Instance = new();

    private HessianProduct()
    {
    }

    public void Describe(OpKey key) => key.Add(typeof(HessianProduct));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) =>
        [ReverseProduct.Pull(output, inputs, null)[0] is { } gradient ? ForwardProduct.Push(gradient, inputs[0], seeds[0]) : null];
}
