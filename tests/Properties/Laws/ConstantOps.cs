using System.Globalization;
using System.Reflection;
using Grad.Functional;
using Properties.Framework;
using Properties.Generators;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// Ops through which no derivative passes, found by reflection: broadcast, each element of the result is that of the operands that meet in
/// it; a batch is a loop; and no derivative passes.
/// </summary>
public class ConstantOps
{
    private static readonly double[] s_numbers = [double.NaN, 0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, 1, 2.5];

    // What the ops take is found by trying: the fewest operands that one works on, numbers or masks.
    private static readonly (Op Op, bool[] Masks)[] s_ops =
    [
        .. OpCatalog.Ops.Where(type => type.IsSubclassOf(typeof(ConstantOp))).SelectMany(OpCatalog.Close).Select(Instance).OfType<Op>().SelectMany(Operands),
    ];

    [Fact]
    public void There_are_some() => Assert.True(s_ops.Length >= 8);

    [Property(Arbitrary = [typeof(Arbitraries)])]
    public void Elements_keep_to_themselves(ShapePair shapes)
    {
        foreach (var (op, masks) in s_ops)
        {
            Shape[] pair = [shapes.First, shapes.Second];
            Node[] operands = [.. masks.Select((isMask, i) => Fill(isMask, pair[i], i + 1))];
            string[] together = Elements(op.Apply(operands));
            Node[] full = [.. operands.Select(operand => Broadcast.To(operand, Shapes.Common([.. pair[..masks.Length]])))];
            for (int k = 0; k < together.Length; k++)
            {
                string alone = Elements(op.Apply([.. full.Select(operand => At(operand, k))]))[0];
                Claim.That(together[k] == alone, $"{op.Name}: element {k} is {together[k]}, alone {alone}.");
            }
        }
    }

    [Property(MaxTest = 20, Arbitrary = [typeof(Arbitraries)])]
    public void A_batch_is_a_loop(ShapePair shapes)
    {
        foreach (var (op, masks) in s_ops)
        {
            Shape[] pair = [shapes.First, shapes.Second];
            Node[] operands = [.. masks.Select((isMask, i) => Fill(isMask, Axes.Prepend(3, Shapes.Common(pair)), i + 3))];
            Node[] first = [.. operands.Select(operand => Row(operand, 0))];
            var leaf = VariableOp.Instance;
            Node[] leaves = [.. first.Select(operand => operand.MakeLeaf(leaf, leaf.Birth, placeholder: false))];
            var (result, _) = Replay.Batch(leaves, operands, [op.Apply(leaves)], 3)[0];
            var alone = Enumerable.Range(0, 3).Select(k => op.Apply([.. operands.Select(operand => Row(operand, k))]));
            string[] loop = [.. alone.SelectMany(Elements)];
            Assert.Equal(loop, Elements(result));
        }
    }

    [Fact]
    public void No_derivative_passes()
    {
        foreach (var (op, masks) in s_ops.Where(entry => !entry.Masks[0]))
        {
            NDArray<double> f(NDArray<double> x) => op.Apply([.. masks.Select(_ => (Node)x)]) is NDArray<double> real ? real : x * 0.0;
            Assert.Equal([0.0, 0.0], Ad.Grad(x => NDMath.Sum(f(x)), [1.0, 2.0]).ToArray());
            Assert.Equal([0.0, 0.0], Ad.Jvp(f, [1.0, 2.0], 1.0).Tangent.ToArray());
        }
    }

    // One without an instance for all has attributes, and is not elementwise.
    private static Op? Instance(Type type) =>
        (Op?)type.GetFields(BindingFlags.Static | BindingFlags.Public).SingleOrDefault(field => field.FieldType == type)?.GetValue(null);

    private static IEnumerable<(Op, bool[])> Operands(Op op)
    {
        int count = new[] { 1, 2 }.First(n => Takes(op, new bool[n]) || Takes(op, [.. Enumerable.Repeat(true, n)]));
        bool[][] kinds = [new bool[count], [.. Enumerable.Repeat(true, count)]];
        return kinds.Where(masks => Takes(op, masks)).Select(masks => (op, masks));
    }

    private static bool Takes(Op op, bool[] masks)
    {
        try
        {
            op.Apply([.. masks.Select(isMask => Fill(isMask, [], 0))]);
            return true;
        }
        catch (Exception refusal) when (refusal is InvalidCastException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private static Node Fill(bool isMask, Shape shape, int seed)
    {
        var numbers = Enumerable.Range(0, shape.ElementCount).Select(i => s_numbers[(seed + (i * (seed + 1))) % s_numbers.Length]);
        return isMask ? NDArray.Create<bool>([.. numbers.Select(x => x > 0)], shape) : NDArray.Create<double>([.. numbers], shape);
    }

    private static Node At(Node x, int k) =>
        x is NDArray<bool> mask ? NDArray.Full(mask.AsSpan()[k]) : NDArray.Full(((NDArray<double>)x).AsSpan()[k]);

    private static Node Row(Node batch, int k) => batch is NDArray<bool> mask ? mask[k] : ((NDArray<double>)batch)[k];

    private static string[] Elements(Node x) => x is NDArray<bool> mask
        ? Array.ConvertAll(mask.ToArray(), holds => holds.ToString())
        : Array.ConvertAll(((NDArray<double>)x).ToArray(), number => number.ToString("R", CultureInfo.InvariantCulture));
}
