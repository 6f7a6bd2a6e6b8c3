using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// An immutable n-dimensional array of numbers or masks, row-major. Computations on arrays outside <see cref="Ad"/> are carried out at
/// once; on traced ones they are recorded, and carried out when a value is wanted.
/// </summary>
/// <typeparam name="T">
/// <see cref="double"/> or <see cref="float"/> for differentiable values, <see cref="int"/> or <see cref="long"/> for indices,
/// <see cref="bool"/> for masks.
/// </typeparam>
[CollectionBuilder(typeof(NDArray), nameof(NDArray.Create))]
public sealed partial class NDArray<T> : Node, IArrayTree where T : unmanaged
{
    private T[]? _value;

    /// <summary>A plain array over <paramref name="value"/>, which nobody may change from here on.</summary>
    internal NDArray(T[] value, Shape shape)
        : base(shape)
    {
        _value = value;
    }

    private NDArray(Op op, Shape shape, long birth, NDArray<T>? outer, T[]? value)
        : base(op, shape, birth, outer)
    {
        _value = value;
    }

    private NDArray(Op op, Shape shape, Node first, Node? second)
        : base(op, shape, first, second)
    {
    }

    private NDArray(Op op, Shape shape, Node[] operands)
        : base(op, shape, operands)
    {
    }

    internal override bool HasValue => Volatile.Read(ref _value) is not null;

    internal override bool IsDifferentiable => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    internal override string ElementTypeName => typeof(T).Name;

    /// <summary>The elements, row-major, evaluated if they have not been. Not to be written to.</summary>
    internal T[] Data
    {
        get
        {
            if (Volatile.Read(ref _value) is { } ready)
            {
                return ready;
            }

            DirectExecutor.Evaluate(this);
            return _value!;
        }
    }

    /// <summary>Fills the slot. Two threads that evaluate the same node bring the same elements: whose array stays makes no difference.</summary>
    internal void SetValue(T[] value) => Volatile.Write(ref _value, value);

    /// <summary>The result of an op: computed at once if nothing in it is traced, else recorded.</summary>
    internal static NDArray<T> Record(Op op, Shape shape, Node first, Node? second = null) =>
        Settle(new NDArray<T>(op, shape, first, second));

    /// <inheritdoc cref="Record(Op, Shape, Node, Node)"/>
    internal static NDArray<T> Record(Op op, Shape shape, Node[] operands) => Settle(new NDArray<T>(op, shape, operands));

    /// <summary>A result that is left for its readers to see through; it takes no part in derivatives if nothing in it is traced.</summary>
    internal override Node MakeLazy(Op op, Shape shape, Node operand) => new NDArray<T>(op, shape, operand, null);

    internal override Node Make(Op op, Shape shape, Node first, Node? second = null) => Record(op, shape, first, second);

    internal override Node Make(Op op, Shape shape, Node[] operands) => Record(op, shape, operands);

    internal override Node MakeLeaf(Op op, long birth, bool placeholder) =>
        new NDArray<T>(op, Shape, birth, IsTraced && !placeholder ? this : null, IsTraced || placeholder ? null : Data);

    internal override Node Constant(double value, Shape shape = default)
    {
        var element = Element(value);
        var data = new T[shape.ElementCount];
        Array.Fill(data, element);
        return new NDArray<T>(data, shape);
    }

    internal override void ShareValue(Node other) => SetValue(((NDArray<T>)other).Data);

    internal override Node Detach() => Op is null ? this : new NDArray<T>(Data, Shape);

    internal override void Dispatch(ITypedAction action) => action.Invoke<T>(this);

    private static NDArray<T> Settle(NDArray<T> node)
    {
        if (!node.IsTraced)
        {
            DirectExecutor.Evaluate(node);
            node.Forget();
        }

        return node;
    }

    private static T Element(double value)
    {
        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(value);
        }

        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>((float)value);
        }

        if (typeof(T) == typeof(int))
        {
            return Unsafe.BitCast<int, T>((int)value);
        }

        if (typeof(T) == typeof(long))
        {
            return Unsafe.BitCast<long, T>((long)value);
        }

        if (typeof(T) == typeof(bool))
        {
            return Unsafe.BitCast<bool, T>(value != 0);
        }

        throw new NotSupportedException($"NDArray<{typeof(T).Name}> has no arithmetic. Cast to double, float, int or long.");
    }
}
