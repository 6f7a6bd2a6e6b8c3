using Grad.Functional;
using Properties.Support;

namespace Properties.Laws;

/// <summary>
/// The reverse rule on single numbers, where an op has one, has the bits of the rule on nodes, and of its sums: with cotangents that are products, that are
/// not, and that have met another.
/// </summary>
public sealed class NumbersAreGraph : OpLaw
{
    // Of two forms of a rule, not of the rule.
    internal override bool IsOfRules => false;

    internal override bool AppliesTo(OpSample sample, bool isFloat) => sample.IsElementwise && sample.Op is IElementwiseOp;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        foreach (double[] meeting in point.Meetings())
        {
            var operands = meeting.Select((x, i) => Operand<T>(point.Sample.Operands[i].Kind, x)).ToArray();
            var node = point.Sample.Op.Apply(operands);
            var (first, second) = (new NDArray<T>(T.CreateChecked(-1.375)), new NDArray<T>(T.CreateChecked(1.0 / 3)));
            foreach (var seed in (Masked[])[new(first), new(first, IsProduct: true), new Masked(first * second, Factors: (first, second), IsProduct: true)])
            {
                Compare<T>(node, seed, operands, meeting);
            }
        }
    }

    private static Node Operand<T>(OperandKind kind, double x)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        kind == OperandKind.Mask
            ? new NDArray<bool>(x != 0).MakeLeaf(VariableOp.Instance, 0, placeholder: false)
            : new NDArray<T>(T.CreateChecked(x)).MakeLeaf(VariableOp.Instance, 0, placeholder: false);

    private static void Compare<T>(Node node, in Masked seed, Node[] operands, double[] at)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        bool[] needed = Array.ConvertAll(operands, operand => operand is NDArray<T>);
        var (numbers, nodes) = (new NumberCotangent[operands.Length], new Masked[operands.Length]);
        DirectExecutor.Evaluate(node);
        node.Op!.Reverse(node, seed, needed, nodes);
        if (!node.Op.TryReverse(node, NumberPending.Of(seed), needed, numbers))
        {
            // What only a mask can say.
            Claim.That(node.Op is not IElementwiseOp || !IsRule(node.Op) || nodes.Any(each => each.Mask is not null), $"{node.Op.Name} has no rule on numbers.");
            return;
        }

        for (int i = 0; i < operands.Length; i++)
        {
            Same("contribution", numbers[i], nodes[i]);
            foreach (var other in (Masked[])[seed, nodes[i]])
            {
                Same("sum", NumberPending.Add(node, NumberPending.Of(other.IsZero ? seed : other), numbers[i]), Pending.Add(other.IsZero ? seed : other, nodes[i]));
                Same("sum", NumberPending.Add(node, numbers[i], NumberPending.Of(seed)), Pending.Add(nodes[i], seed));
            }
        }

        void Same(string what, in NumberCotangent number, in Masked masked)
        {
            Claim.That(number.IsPresent != masked.IsZero, $"The {what} is there in one form only.");
            if (!masked.IsZero)
            {
                var expected = NumberPending.Of(masked);
                Claim.That(
                    Bits.Same(expected.Value, number.Value) && (number.HasFactors, number.IsProduct) == (masked.Factors is not null, masked.IsProduct)
                    && (!number.HasFactors || (Bits.Same(expected.X, number.X) && Bits.Same(expected.Y, number.Y))),
                    $"At ({string.Join(", ", at)}) the {what} is {number}, by nodes {expected}.");
            }
        }
    }

    private static bool IsRule(Op op) => op.GetType() is { IsGenericType: true } type
        && (type.GetGenericTypeDefinition() == typeof(Unary<>) || type.GetGenericTypeDefinition() == typeof(Binary<>));
}
