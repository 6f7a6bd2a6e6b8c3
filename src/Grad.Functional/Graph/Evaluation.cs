using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>One evaluation of an op: its place in a graph, the operands' elements, and room for the result's.</summary>
internal readonly unsafe ref struct Evaluation
{
    private readonly ref byte _result;
    private readonly nint* _table;
    private readonly OpPlace? _place;

    /// <param name="node">The place in the graph, whose operands have values.</param>
    /// <param name="result">Room for its elements.</param>
    public Evaluation(Node node, ref byte result)
    {
        Node = node;
        _result = ref result;
    }

    /// <param name="node">The place in a graph that has no values of its own.</param>
    /// <param name="result">Room for its elements.</param>
    /// <param name="table">Addresses.</param>
    /// <param name="place">Where among them the operands' stand.</param>
    public Evaluation(Node node, ref byte result, nint* table, OpPlace place)
        : this(node, ref result)
    {
        _table = table;
        _place = place;
    }

    /// <summary>What is evaluated: shapes and element types, its own and its operands'.</summary>
    public Node Node { get; }

    /// <summary>The shape of the result.</summary>
    public Shape Shape => Node.Shape;

    /// <summary>The number of elements of the result.</summary>
    public int Length => Node.Length;

    /// <summary>The result's elements, to be written, every one; at first they may be anything.</summary>
    public Span<T> Result<T>() where T : unmanaged
    {
        Check<T>(Node);
        return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref _result), Node.Length);
    }

    /// <summary>
    /// The elements of an operand; for an op that reads broadcast sources those that stand behind the broadcast, which may be fewer.
    /// </summary>
    public ReadOnlySpan<T> Operand<T>(int index = 0) where T : unmanaged
    {
        var operand = Node.Operand(index);
        Check<T>(operand);
        if (_place is not null)
        {
            var (slot, length) = _place.Operands[index];
            return new ReadOnlySpan<T>((void*)_table[slot], length);
        }

        var source = Node.Op!.ReadsBroadcastSources ? BroadcastSource.Of(operand) : operand;
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref source.Elements), source.Length);
    }

    /// <summary>The first element of an operand.</summary>
    public T First<T>(int index = 0) where T : unmanaged
    {
        if (_place is not null)
        {
            return Operand<T>(index)[0];
        }

        var operand = Node.Operand(index);
        operand = operand.HasValue ? operand : BroadcastSource.Of(operand);
        Check<T>(operand);
        return Unsafe.As<byte, T>(ref operand.Elements);
    }

    /// <summary>The shape of an operand, as the op sees it.</summary>
    public Shape OperandShape(int index = 0) => Node.Operand(index).Shape;

    /// <summary>What the op's <see cref="Op.Layout"/> found out of the shapes.</summary>
    public TLayout Layout<TLayout>() where TLayout : OpLayout => (TLayout)(_place is null ? Node.Op!.Layout(Node) : _place.Layout)!;

    /// <summary>The room that the layout asks for; at first it may hold anything.</summary>
    public Span<T> Scratch<T>(OpLayout layout) where T : unmanaged
    {
        Check<T>(Node);
        return _place is null ? new T[layout.ScratchLength] : new Span<T>((void*)_table[_place.Scratch], layout.ScratchLength);
    }

    // What stands in memory is not asked for its type: whoever reads it as another has to learn of it here.
    private static void Check<T>(Node node)
    {
        if (node.ElementType != typeof(T))
        {
            throw new InvalidCastException($"Elements of type {node.ElementType.Name} were to be read or written as {typeof(T).Name}.");
        }
    }
}
