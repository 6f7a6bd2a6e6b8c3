using System.Collections.Concurrent;

namespace Grad.Functional;

/// <summary>
/// A primitive with its rules. An op knows nothing of element types: the nodes carry them. Every rule is written in nodes again, so
/// derivatives of derivatives, batches of derivatives and wider numbers need nothing more.
/// </summary>
internal abstract class Op
{
    private static readonly ConcurrentDictionary<Type, int> s_codes = [];
    private static int s_lastCode;
    private static int s_identities;
    private int _identity;
    private int _code;

    /// <summary>The name in messages and printed graphs.</summary>
    public abstract string Name { get; }

    /// <summary>What distinguishes this instance in a printed graph: axes, an exponent; empty if nothing does.</summary>
    public virtual string Attributes => "";

    /// <summary>
    /// Whether this op reads a broadcast operand at its source, so that the broadcast itself is never carried out.
    /// </summary>
    public virtual bool ReadsBroadcastSources => false;

    /// <summary>Whether derivatives pass through; where they do not, the result counts as a constant.</summary>
    public virtual bool IsDifferentiable => true;

    /// <summary>The same op with the same attributes on other operands, of any element type it supports.</summary>
    public abstract Node Apply(ReadOnlySpan<Node> operands);

    /// <summary>
    /// Adds what tells this op from others of its type that do something else: every attribute. Unless an op says better, every instance is
    /// another.
    /// </summary>
    public virtual void Describe(OpKey key) => key.Add(Identity);

    /// <summary>Whether the result has the elements of the first operand as they stand, under a shape of its own: no work at all.</summary>
    public virtual bool IsView => false;

    /// <summary>What shapes alone decide of the evaluation of a node, for <see cref="Evaluation.Layout{TLayout}"/>; null if nothing is worth keeping.</summary>
    public virtual OpLayout? Layout(Node node) => null;

    /// <summary>The arithmetic of an evaluation, estimated for those who look at plans: nothing for what only moves elements.</summary>
    public virtual long Flops(Node node) => this is IElementwiseOp ? node.Length : 0;

    /// <summary>
    /// A node that computes the same with less work; null if this op knows none. Asked when a plan is made, so every bit stays as it is, the sign of
    /// a zero included; of a NaN its being one.
    /// </summary>
    /// <param name="node">The op's place in a graph.</param>
    /// <param name="operands">What computes the operands, simplified already; of the same shapes.</param>
    public virtual Node? Simplify(Node node, ReadOnlySpan<Node> operands) => null;

    /// <summary>The same where nobody else reads the operands, so that they need not be made for others anyway.</summary>
    /// <inheritdoc cref="Simplify"/>
    public virtual Node? SimplifyAlone(Node node, ReadOnlySpan<Node> operands) => null;

    /// <summary>Computes the result's elements; not called for views.</summary>
    public abstract void Evaluate(in Evaluation e);

    /// <summary>
    /// The reverse rule: for each operand that is <paramref name="needed"/>, what the cotangent of the result contributes to it.
    /// </summary>
    public abstract void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions);

    /// <summary>
    /// The reverse rule on a node with one element, carried out: what <see cref="Reverse"/> says, to the bit. All have their values. False if it cannot be
    /// said of numbers; what the contributions are then is of no account.
    /// </summary>
    public virtual bool TryReverse(Node node, in NumberCotangent cotangent, ReadOnlySpan<bool> needed, Span<NumberCotangent> contributions) => false;

    /// <summary>The forward rule: the tangent of the result for the operands' tangents, of which a structural zero is absent.</summary>
    public abstract Masked Forward(Node node, ReadOnlySpan<Masked> tangents);

    /// <summary>
    /// The batching rule: this op over operands of which the <paramref name="batched"/> ones have a new leading axis of
    /// <paramref name="size"/>. The result has that axis too.
    /// </summary>
    public abstract Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size);

    /// <summary>A number that stands for the type of op, for as long as the process runs.</summary>
    public int Code => _code != 0 ? _code : _code = s_codes.GetOrAdd(GetType(), static _ => Interlocked.Increment(ref s_lastCode));

    // Given when it is first asked for: most ops never are.
    private int Identity
    {
        get
        {
            if (_identity == 0)
            {
                Interlocked.CompareExchange(ref _identity, Interlocked.Increment(ref s_identities), 0);
            }

            return _identity;
        }
    }
}
