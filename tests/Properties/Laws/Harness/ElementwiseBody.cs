using Grad.Functional;
using Grad.Simd;

namespace Properties.Laws;

/// <summary>The bodies of an elementwise op, for any lane: function and slopes.</summary>
internal abstract class ElementwiseBody
{
    /// <summary>The body behind an op, or null if it is not written on lanes.</summary>
    public static ElementwiseBody? Of(Op op)
    {
        if (op is Mutant mutant)
            return Of(mutant.Original);
        var type = op.GetType();
        if (!type.IsGenericType)
            return null;
        var adapter = type.GetGenericTypeDefinition();
        var body = adapter == typeof(Unary<>) ? typeof(OfOne<>) : adapter == typeof(Binary<>) ? typeof(OfTwo<>) : null;
        object? operation = type.GetProperty(nameof(Unary<ExpOp>.Operation))?.GetValue(op);
        return body is null
            ? null
            : (ElementwiseBody)Activator.CreateInstance(body.MakeGenericType(type.GetGenericArguments()), operation)!;
    }

    /// <summary>The function.</summary>
    public abstract V Eval<V>(params ReadOnlySpan<V> operands) where V : struct, ILane<V>;

    /// <summary>The slope along one operand, from the operands and the result.</summary>
    public abstract V Slope<V>(int along, V result, params ReadOnlySpan<V> operands) where V : struct, ILane<V>;

    private sealed class OfOne<TOp>(TOp op) : ElementwiseBody where TOp : struct, IUnaryOp
    {
        public override V Eval<V>(params ReadOnlySpan<V> operands) => op.Eval(operands[0]);

        public override V Slope<V>(int along, V result, params ReadOnlySpan<V> operands) => op.Slope(operands[0], result);
    }

    private sealed class OfTwo<TOp>(TOp op) : ElementwiseBody where TOp : struct, IBinaryOp
    {
        public override V Eval<V>(params ReadOnlySpan<V> operands) => op.Eval(operands[0], operands[1]);

        public override V Slope<V>(int along, V result, params ReadOnlySpan<V> operands) =>
            along == 0 ? op.SlopeX(operands[0], operands[1], result) : op.SlopeY(operands[0], operands[1], result);
    }
}
