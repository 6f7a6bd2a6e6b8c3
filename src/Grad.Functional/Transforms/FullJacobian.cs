namespace Grad.Functional;

/// <summary>
/// The whole Jacobian, a block of shape output.Shape ++ input.Shape for each input, or the Hessian: one derivative on a placeholder, then all
/// one-hot seeds put in at once as a batch.
/// </summary>
internal sealed class FullJacobian : IDerivation
{
    /// <summary>By reverse mode: a one-hot seed for each element of the output.</summary>
    public static readonly FullJacobian ByRows = new(0);

    /// <summary>By forward mode: a one-hot seed for each element of each input.</summary>
    public static readonly FullJacobian ByColumns = new(1);

    /// <summary>Of the gradient with respect to one input, by forward mode over reverse.</summary>
    public static readonly FullJacobian Hessian = new(2);

    private readonly int _kind;

    private FullJacobian(int kind) => _kind = kind;

    /// <summary>What the one-hot seeds are made of: 0, 1, … for each of the seeds, of their element type, in which all of these are exact.</summary>
    public static Node Places(Node like, int count) => like.Convert(NDArray.Arange(count));

    /// <summary>All one-hot arrays of a shape: [length, …shape].</summary>
    /// <remarks>Elementwise from the places on, so that in a plan they need not stand in memory.</remarks>
    public static Node OneHot(Node places, Shape shape)
    {
        var equal = Compare<EqualOp>.Default.Apply(ReshapeOp.To(places, [places.Length, 1]), places);
        return ReshapeOp.To(WhereOp.Instance.Apply(equal, places.Constant(1), places.Constant(0)), Shape.Create([places.Length, .. shape]));
    }

    /// <summary>The places of all seeds of a call.</summary>
    public Node[] Seeds(Call call) => ReferenceEquals(this, ByRows)
        ? [Places(call.Output, call.Output.Length)]
        : Array.ConvertAll(call.Inputs, input => Places(input, input.Length));

    public void Describe(OpKey key)
    {
        key.Add(typeof(FullJacobian));
        key.Add(_kind);
    }

    public Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds)
    {
        if (ReferenceEquals(this, ByRows))
        {
            return Rows(recording, output, inputs, seeds[0]);
        }

        var of = ReferenceEquals(this, Hessian) ? ReverseProduct.Pull(output, inputs, null)[0] : output;
        var blocks = new Node?[inputs.Length];
        for (var i = 0; of is not null && i < blocks.Length; i++)
        {
            blocks[i] = Columns(recording, of, inputs[i], seeds[i]);
        }

        return blocks;
    }

    private static Node?[] Rows(Recording recording, Node output, Node[] inputs, Node places)
    {
        var placeholder = Call.Placeholder(recording, output);
        var blocks = new Node?[inputs.Length];
        var rows = Reverse.Run([output], [placeholder], inputs);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = Put(placeholder, rows[i], output, places) is { } all
                ? ReshapeOp.To(all, Shape.Create([.. output.Shape, .. inputs[i].Shape]))
                : null;
        }

        return blocks;
    }

    private static Node? Columns(Recording recording, Node output, Node input, Node places)
    {
        var placeholder = Call.Placeholder(recording, input);
        var column = Forward.Run([output], [input], [placeholder])[0];
        return Put(placeholder, column, input, places) is { } all
            ? ReshapeOp.To(
                PermuteOp.Of(ReshapeOp.To(all, [input.Length, output.Length]), [1, 0]), Shape.Create([.. output.Shape, .. input.Shape]))
            : null;
    }

    private static Node? Put(in Masked placeholder, in Masked derivative, Node seeds, Node places) => derivative.IsZero
        ? null
        : Replay.Batch([placeholder.Value!], [OneHot(places, seeds.Shape)], [Pending.Clean(derivative)!], seeds.Length)[0].Result;
}
