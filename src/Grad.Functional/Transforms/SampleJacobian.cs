namespace Grad.Functional;

/// <summary>The Jacobian of each sample: [N, …output, …input] of a recording from [N, …input] to [N, …output].</summary>
internal sealed class SampleJacobian : IDerivation
{
    public static readonly SampleJacobian Instance = new();

    private SampleJacobian()
    {
    }

    public static Shape ShapeOf(Node output, Node input) => Shape.Create([.. output.Shape, .. Sample(input)]);

    public void Describe(OpKey key) => key.Add(typeof(SampleJacobian));

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds)
    {
        var input = inputs[0];
        var reverse = Sample(output).ElementCount <= Sample(input).ElementCount;
        var (from, to) = reverse ? (output, input) : (input, output);

        // Every sample gets the same seed, so as many seeds do as one sample has elements.
        var seed = Sample(from);
        var all = new Broadcast(Shape.Create([seed.ElementCount, .. from.Shape]), [1]).Apply([FullJacobian.OneHot(FullJacobian.Places(from, seed.ElementCount), seed)]);
        var placeholder = Call.Placeholder(recording, from);
        var derivative = reverse
            ? Reverse.Run([output], [placeholder], inputs)[0]
            : Forward.Run([output], inputs, [placeholder])[0];
        if (derivative.IsZero)
        {
            return [null];
        }

        var batch = Replay.Batch([placeholder.Value!], [all], [Pending.Clean(derivative)!], seed.ElementCount)[0].Result;
        var flat = ReshapeOp.To(batch, Shape.Create([seed.ElementCount, input.Shape[0], Sample(to).ElementCount]));
        return [ReshapeOp.To(PermuteOp.Of(flat, reverse ? [1, 0, 2] : [1, 2, 0]), ShapeOf(output, input))];
    }

    private static Shape Sample(Node batch) => new(batch.Shape.AsSpan()[1..].ToArray());
}
