using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>
/// What an array is to the graph: the op that made it, the operands, the shape, and one slot for the value. Immutable but for the
/// slot, which is written once. <see cref="NDArray{T}"/> is the only kind.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Node
{
    /// <summary>The age of an array that depends on nothing traced.</summary>
    internal const long Untraced = long.MaxValue;

    [ThreadStatic]
    private static long s_lastId;

    private static int s_elementCodes;

    // One operand or two stand here; of more, the second place holds the list.
    private Node? _first;
    private object? _second;

    // Says that the only element stands in the node: single numbers are the commonest values by far, and need no array then.
    private static readonly object s_inNode = new();

    // The elements, once they are known: an array, or the mark that the only one stands beside it.
    private object? _value;
    private long _single;

    /// <summary>An array that is only a value.</summary>
    private protected Node(Shape shape)
    {
        Shape = shape;
        Oldest = Untraced;
    }

    /// <summary>A traced value's beginning, of the given birth, over an outer value if there is one.</summary>
    private protected Node(Op op, Shape shape, long birth, Node? outer)
    {
        Op = op;
        Shape = shape;
        _first = outer;
        Oldest = Math.Min(birth, outer?.Oldest ?? Untraced);
        Id = NextId(outer?.Id ?? 0);
    }

    private protected Node(Op op, Shape shape, Node first, Node? second)
    {
        Op = op;
        Shape = shape;
        _first = first;
        _second = second;
        Oldest = first.Oldest;
        Id = first.Id;
        if (second is not null)
        {
            Oldest = Math.Min(Oldest, second.Oldest);
            Id = Math.Max(Id, second.Id);
        }

        Id = NextId(Id);
    }

    private protected Node(Op op, Shape shape, Node[] operands)
    {
        Op = op;
        Shape = shape;
        _second = new OperandList(operands);
        Oldest = Untraced;
        foreach (var operand in operands)
        {
            Oldest = Math.Min(Oldest, operand.Oldest);
            Id = Math.Max(Id, operand.Id);
        }

        Id = NextId(Id);
    }

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The number of axes; 0 for a single number.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The number of elements.</summary>
    public int Length => Shape.ElementCount;

    /// <summary>What made this array; null when it is only a value.</summary>
    internal Op? Op { get; private set; }

    /// <summary>Greater than the id of every operand, on whatever thread that was made: descending ids are a reverse order of evaluation.</summary>
    internal long Id { get; }

    /// <summary>The birth of the oldest traced beginning that this depends on; <see cref="Untraced"/> if there is none.</summary>
    internal long Oldest { get; }

    internal bool IsTraced => Oldest != Untraced;

    internal bool HasValue => Volatile.Read(ref _value) is not null;

    /// <summary>Whether derivatives exist for this element type.</summary>
    internal abstract bool IsDifferentiable { get; }

    internal abstract Type ElementType { get; }

    /// <summary>A small number that stands for the element type, for as long as the process runs.</summary>
    internal abstract int ElementCode { get; }

    /// <summary>Bytes of an element.</summary>
    internal abstract int ElementSize { get; }

    internal int OperandCount => _second is null ? (_first is null ? 0 : 1) : _second is OperandList list ? list.All.Length : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Node Operand(int index) =>
        _second is OperandList list ? list.All[index] : index == 0 ? _first! : Unsafe.As<Node>(_second!);

    /// <summary>The result of an op of the same element type on traced or untraced operands.</summary>
    internal abstract Node Make(Op op, Shape shape, Node first, Node? second = null);

    /// <summary>The result of an op of the same element type on many operands.</summary>
    internal abstract Node Make(Op op, Shape shape, Node[] operands);

    /// <summary>The result of an op that its readers see through, not computed until someone needs it in full.</summary>
    internal abstract Node MakeLazy(Op op, Shape shape, Node first, Node? second = null);

    /// <summary>A traced beginning like this array: over its value, or a placeholder that will never have one.</summary>
    internal abstract Node MakeLeaf(Op op, long birth, bool placeholder);

    /// <summary>A constant of the same element type, in every element.</summary>
    internal abstract Node Constant(double value, Shape shape = default);

    /// <summary>The other array converted to this one's element type.</summary>
    internal abstract Node Convert(Node other);

    /// <summary>The first element of those that are known by now.</summary>
    internal ref byte Elements
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // The elements of all one-dimensional arrays begin at the same place.
            var value = Volatile.Read(ref _value)!;
            return ref ReferenceEquals(value, s_inNode)
                ? ref Unsafe.As<long, byte>(ref _single)
                : ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(value));
        }
    }

    /// <summary>The array that holds the elements, which are known; null if the only one stands in the node.</summary>
    internal object? ElementArray => ReferenceEquals(_value, s_inNode) ? null : _value;

    /// <summary>An array of the same element type whose elements are to be written before anyone sees it.</summary>
    internal abstract Node Blank(Shape shape);

    /// <summary>Computes the value; the operands have theirs.</summary>
    internal abstract void Compute();

    /// <summary>An equal array without a graph.</summary>
    internal abstract Node Detach();

    /// <summary>Evaluates with this node's element type.</summary>
    internal abstract void Evaluate(ITypedEvaluation op, in Evaluation e);

    /// <summary>Calls the action with this node's element type.</summary>
    internal abstract void Dispatch(ITypedAction action);

    /// <summary>Greater than an id, and than all that this thread gave out before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long NextId(long operand)
    {
        ref var last = ref s_lastId;
        return last = Math.Max(last, operand) + 1;
    }

    /// <summary>A code for one more element type.</summary>
    private protected static int NextElementCode() => Interlocked.Increment(ref s_elementCodes);

    /// <summary>Forgets how this was made, before anyone else has seen it: it is a plain value from here on.</summary>
    private protected void Forget()
    {
        Op = null;
        _first = null;
        _second = null;
    }

    /// <summary>Where the only element may stand, if it has no more bytes than this.</summary>
    private protected ref long Single => ref _single;

    /// <summary>
    /// Fills the slot, after the elements are in their place. Two threads that evaluate the same node bring the same elements: whose stay
    /// makes no difference.
    /// </summary>
    /// <param name="elements">The array that holds them; null if the only one stands in the node.</param>
    private protected void Publish(Array? elements) => Volatile.Write(ref _value, elements ?? s_inNode);

    /// <summary>Takes the elements of another node of the same type and number, which has them.</summary>
    private protected void Share(Node other)
    {
        _single = other._single;
        Volatile.Write(ref _value, other._value);
    }

    private sealed class OperandList(Node[] all)
    {
        public readonly Node[] All = all;
    }
}
