using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Turns an elementwise function of one operand into an op.</summary>
internal sealed class Unary<TOp>(TOp op) : Op, IElementwiseOp where TOp : struct, IUnaryOp
{
    /// <summary>The op of an operation without constants.</summary>
    public static readonly Unary<TOp> Default = new(default);

    public TOp Operation => op;

    public override string Name => TOp.Name;

    public override string Attributes => op.Attributes;

    public static NDArray<T> Call<T>(NDArray<T> x) where T : unmanaged => Default.On(x);

    public NDArray<T> On<T>(NDArray<T> x) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return NDArray<T>.Record(this, x.Shape, x);
    }

    public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => op.Eval(operands[0]);

    public ElementKernel? Kernel(Node node) => node switch
    {
        NDArray<double> => new RealKernel<double>(op),
        NDArray<float> => new RealKernel<float>(op),
        _ => null,
    };

    public PairKernel? KernelWith(Op other, Node node) => node switch
    {
        NDArray<double> => TOp.KernelWith<double>(other),
        NDArray<float> => TOp.KernelWith<float>(other),
        _ => null,
    };

    public override void Describe(OpKey key)
    {
        if (!ReferenceEquals(this, Default))
        {
            key.AddConstants(op);
        }
    }

    // A constant that is repeated is not carried out for this: its function is repeated. So a cotangent that is the same for all elements of a
    // sum stays one number.
    public override Node Apply(ReadOnlySpan<Node> operands) => operands[0] is { IsTraced: false, HasValue: false, Op: IRepeatsOperand } repeated
        ? repeated.Op.Apply([Apply([repeated.Operand(0)])])
        : operands[0].Make(this, operands[0].Shape, operands[0]);

    public override void Evaluate(in Evaluation e)
    {
        switch (e.Node)
        {
            case NDArray<double>:
                EvaluateReal<double>(e);
                break;
            case NDArray<float>:
                EvaluateReal<float>(e);
                break;
            default:
                throw Elementwise.Unsupported(this, e.Node);
        }
    }

    public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) =>
        contributions[0] = Pending.Multiply(cotangent, Slope(node));

    public override bool TryReverse(Node node, in NumberCotangent cotangent, ReadOnlySpan<bool> needed, Span<NumberCotangent> contributions) => node switch
    {
        NDArray<double> => TryReverse<F64x1, double>(node, cotangent, out contributions[0]),
        NDArray<float> => TryReverse<F32x1, float>(node, cotangent, out contributions[0]),
        _ => false,
    };

    public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => Pending.Multiply(tangents[0], Slope(node));

    /// <summary>Of what is repeated the function is repeated: so it is computed once for all, and its readers need not have it in memory.</summary>
    public override Node? Simplify(Node node, ReadOnlySpan<Node> operands) => TOp.Simplify(node, operands)
        ?? (operands[0] is { HasValue: false, Op: IRepeatsOperand } repeated && repeated.Operand(0).Length < node.Length
            ? repeated.Op!.Apply([Apply([repeated.Operand(0)])])
            : null);

    public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);

    private bool TryReverse<V, E>(Node node, in NumberCotangent cotangent, out NumberCotangent contribution)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged =>
        NumberPending.TryMultiply<V, E>(
            cotangent, op.Slope(NumberPending.Lane<V, E>(node.Operand(0)), NumberPending.Lane<V, E>(node)), out contribution);

    private void EvaluateReal<T>(in Evaluation e) where T : unmanaged
    {
        if (e.Length == 1)
        {
            e.Result<T>()[0] = One(op, e.First<T>());
        }
        else
        {
            Map.Run(op, e.Operand<T>(), e.Result<T>());
        }
    }

    private static T One<T>(TOp op, T x) where T : unmanaged => typeof(T) == typeof(double)
        ? Unsafe.BitCast<double, T>(F64x1.First(op.Eval(F64x1.Broadcast(Unsafe.BitCast<T, double>(x)))))
        : Unsafe.BitCast<float, T>(F32x1.First(op.Eval(F32x1.Broadcast(Unsafe.BitCast<T, float>(x)))));

    private sealed unsafe class RealKernel<T>(TOp op) : ElementKernel where T : unmanaged
    {
        public override void One(void* x, void* y, void* z, void* result) => *(T*)result = Unary<TOp>.One(op, *(T*)x);

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still) =>
            Map.Run(op, Source<T>(x, count), Target<T>(result, count));
    }

    private NodeLane Slope(Node node) => op.Slope(new NodeLane(node.Operand(0)), new NodeLane(node));
}
