using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

public sealed partial class NDArray<T>
{
    /// <summary>
    /// The elements as another type: rounded to nearest between floating types, truncated and saturated to whole numbers (NaN to 0),
    /// masks as 0 and 1, numbers as masks of what is not zero.
    /// </summary>
    /// <remarks>Between float and double derivatives pass through; to any other type they end.</remarks>
    /// <exception cref="NotSupportedException">One of the types is none of double, float, int, long and bool.</exception>
    public NDArray<TResult> Cast<TResult>() where TResult : unmanaged =>
        typeof(TResult) == typeof(T) ? Unsafe.As<NDArray<TResult>>(this) : CastOp<TResult>.Instance.On(this);

    internal override Node Convert(Node other) => other as NDArray<T> ?? CastOp<T>.Instance.On(other);
}

/// <summary>A change of element type.</summary>
internal interface ICast
{
    bool IsToFloating { get; }
}

internal sealed class CastOp<TResult> : Op, ICast, IElementwiseOp where TResult : unmanaged
{
    public static readonly CastOp<TResult> Instance = new();

    public bool IsToFloating => typeof(TResult) == typeof(double) || typeof(TResult) == typeof(float);

    public override string Name => "Cast";

    public override string Attributes => typeof(TResult).Name;

    public NDArray<TResult> On(Node x) => NDArray<TResult>.Record(this, x.Shape, x);

    // Between masks and numbers: those are lanes of one kind. Numbers of another type are lanes of another width.
    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => IsToFloating
        ? V.Select(operands[0], V.Constant(1), V.Constant(0))
        : V.Not(V.Equal(operands[0], V.Constant(0)));

    public ElementKernel? Kernel(Node node) => (node, node.Operand(0)) switch
    {
        (NDArray<double> or NDArray<float>, NDArray<bool>) => new CastKernel<byte>(),
        (NDArray<bool>, NDArray<double>) => new CastKernel<double>(),
        (NDArray<bool>, NDArray<float>) => new CastKernel<float>(),
        _ => null,
    };

    public override Node Apply(ReadOnlySpan<Node> operands) => On(operands[0]);

    public override void Evaluate(in Evaluation e)
    {
        var result = e.Result<TResult>();
        switch (e.Node.Operand(0))
        {
            case NDArray<double>:
                Convert(e.Operand<double>(), result);
                break;
            case NDArray<float>:
                Convert(e.Operand<float>(), result);
                break;
            case NDArray<int>:
                Convert(e.Operand<int>(), result);
                break;
            case NDArray<long>:
                Convert(e.Operand<long>(), result);
                break;
            case NDArray<bool>:
                Convert(MemoryMarshal.Cast<bool, byte>(e.Operand<bool>()), result);
                break;
            default:
                throw Unsupported(e.Node.Operand(0).ElementType.Name);
        }
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = cotangent.WithLinear(node.Operand(0).Convert(cotangent.Value!));

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => tangents[0].WithLinear(On(tangents[0].Value!));

    /// <summary>To the same type nothing changes; there and back nothing does if the type between holds all values.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands)
    {
        var x = operands[0];
        return x.ElementType == typeof(TResult) ? x
            : x.Op is ICast && x.Operand(0).ElementType == typeof(TResult) && Holds(x.ElementType) ? x.Operand(0)
            : null;
    }

    // Whether a type has a number of its own for every value of this one.
    private static bool Holds(Type type) =>
        typeof(TResult) == typeof(bool)
        || (typeof(TResult) == typeof(float) && type == typeof(double))
        || (typeof(TResult) == typeof(int) && (type == typeof(long) || type == typeof(double)));

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => On(operands[0]);

    private static void Convert<TSource>(ReadOnlySpan<TSource> source, Span<TResult> result) where TSource : unmanaged, INumber<TSource>
    {
        if (typeof(TResult) == typeof(double))
        {
            Saturate<TSource, double>(source, result);
        }
        else if (typeof(TResult) == typeof(float))
        {
            Saturate<TSource, float>(source, result);
        }
        else if (typeof(TResult) == typeof(int))
        {
            Saturate<TSource, int>(source, result);
        }
        else if (typeof(TResult) == typeof(long))
        {
            Saturate<TSource, long>(source, result);
        }
        else if (typeof(TResult) == typeof(bool))
        {
            for (var i = 0; i < source.Length; i++)
            {
                result[i] = Unsafe.BitCast<bool, TResult>(!TSource.IsZero(source[i]));
            }
        }
        else
        {
            throw Unsupported(typeof(TSource).Name);
        }
    }

    private static void Saturate<TSource, TTarget>(ReadOnlySpan<TSource> source, Span<TResult> result)
        where TSource : unmanaged, INumber<TSource>
        where TTarget : unmanaged, INumber<TTarget>
    {
        var target = MemoryMarshal.Cast<TResult, TTarget>(result);
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = TTarget.CreateSaturating(source[i]);
        }
    }

    private sealed unsafe class CastKernel<TSource> : ElementKernel where TSource : unmanaged, INumber<TSource>
    {
        public override void One(void* x, void* y, void* z, void* result) => Many(x, y, z, result, 1, Still.None);

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still) =>
            Convert(Source<TSource>(x, count), Target<TResult>(result, count));
    }

    private static NotSupportedException Unsupported(string source) =>
        new($"Cast converts between double, float, int, long and bool, not from {source} to {typeof(TResult).Name}.");
}
