using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    private static readonly int s_elementCode = NextElementCode();

    private static bool FitsInNode => Unsafe.SizeOf<T>() <= sizeof(long);

    private ref T Only => ref Unsafe.As<long, T>(ref Single);

    /// <summary>A plain array over <paramref name="value"/>, which nobody may change from here on.</summary>
    internal NDArray(T[] value, Shape shape)
        : base(shape) => Publish(value);

    /// <summary>A plain array of one element.</summary>
    internal NDArray(T single, Shape shape = default)
        : base(shape)
    {
        if (FitsInNode)
        {
            Only = single;
            Publish(null);
        }
        else
        {
            Publish(new[] { single });
        }
    }

    private NDArray(Shape shape)
        : base(shape)
    {
    }

    private NDArray(Op op, Shape shape, long birth, NDArray<T>? outer)
        : base(op, shape, birth, outer)
    {
    }

    private NDArray(Op op, Shape shape, Node first, Node? second)
        : base(op, shape, first, second)
    {
    }

    private NDArray(Op op, Shape shape, Node[] operands)
        : base(op, shape, operands)
    {
    }

    internal override bool IsDifferentiable => typeof(T) == typeof(double) || typeof(T) == typeof(float);

    internal override Type ElementType => typeof(T);

    internal override int ElementCode => s_elementCode;

    internal override int ElementSize => Unsafe.SizeOf<T>();

    /// <summary>The elements, row-major, evaluated if they have not been.</summary>
    internal ReadOnlySpan<T> Data
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (!HasValue)
            {
                DirectExecutor.Evaluate(this);
            }

            return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref Elements), Length);
        }
    }

    /// <summary>The result of an op: computed at once if nothing in it is traced, else recorded.</summary>
    internal static NDArray<T> Record(Op op, Shape shape, Node first, Node? second = null) =>
        Settle(new NDArray<T>(op, shape, first, second));

    /// <inheritdoc cref="Record(Op, Shape, Node, Node)"/>
    internal static NDArray<T> Record(Op op, Shape shape, Node[] operands) => Settle(new NDArray<T>(op, shape, operands));

    /// <summary>A result that is left for its readers to see through; it takes no part in derivatives if nothing in it is traced.</summary>
    internal override Node MakeLazy(Op op, Shape shape, Node first, Node? second = null) => new NDArray<T>(op, shape, first, second);

    internal override Node Make(Op op, Shape shape, Node first, Node? second = null) => Record(op, shape, first, second);

    internal override Node Make(Op op, Shape shape, Node[] operands) => Record(op, shape, operands);

    internal override Node MakeLeaf(Op op, long birth, bool placeholder) =>
        IsTraced || placeholder
            ? new NDArray<T>(op, Shape, birth, placeholder ? null : this)
            : Over(new NDArray<T>(op, Shape, birth, null));

    internal override Node Constant(double value, Shape shape = default)
    {
        var element = Element(value);
        if (shape.ElementCount == 1)
        {
            return shape.Rank == 0 ? Number(element) : new NDArray<T>(element, shape);
        }

        var data = GC.AllocateUninitializedArray<T>(shape.ElementCount);
        Array.Fill(data, element);
        return new NDArray<T>(data, shape);
    }

    internal override void Compute()
    {
        if (Op!.IsView)
        {
            Share(Operand(0));
        }
        else if (FitsInNode && Length == 1)
        {
            // Apart from the node until it is done: another thread may have the value by now, and be reading it.
            var single = 0L;
            Op.Evaluate(new Evaluation(this, ref Unsafe.As<long, byte>(ref single)));
            Single = single;
            Publish(null);
        }
        else
        {
            var elements = GC.AllocateUninitializedArray<T>(Length);
            ref var first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(elements));
            if (!DividedElements.TryRun(this, ref first))
            {
                Op.Evaluate(new Evaluation(this, ref first));
            }

            Publish(elements);
        }
    }

    internal override Node Blank(Shape shape)
    {
        var blank = new NDArray<T>(shape);
        blank.Publish(FitsInNode && shape.ElementCount == 1 ? null : GC.AllocateUninitializedArray<T>(shape.ElementCount));
        return blank;
    }

    internal override Node Detach() => Op is null ? this : Over(new NDArray<T>(Shape));

    internal override void Evaluate(ITypedEvaluation op, in Evaluation e) => op.Evaluate<T>(e);

    internal override void Dispatch(ITypedAction action) => action.Invoke<T>(this);

    /// <summary>Another array of as many elements gets this one's.</summary>
    private NDArray<T> Over(NDArray<T> other)
    {
        DirectExecutor.Evaluate(this);
        other.Share(this);
        return other;
    }

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
