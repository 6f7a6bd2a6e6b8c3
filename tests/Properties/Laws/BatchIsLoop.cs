using System.Numerics;
using Grad.Functional;
using Properties.Support;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// An op over a batch is the op over each of its elements, to the bit: by the op's own rule, for every choice of batched operands, and by
/// the replay of a graph.
/// </summary>
public sealed class BatchIsLoop : OpLaw
{
    private protected override int Draws => 12;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<T>();
        var leaf = VariableOp.Instance;
        Node[] leaves = Array.ConvertAll(call.Operands, operand => operand.MakeLeaf(leaf, leaf.Birth, placeholder: false));
        var node = call.Op.Apply(leaves);
        foreach (int size in (int[])[0, 1, 3])
        {
            for (int chosen = 1; chosen < 1 << leaves.Length; chosen++)
            {
                bool[] batched = [.. Enumerable.Range(0, leaves.Length).Select(i => (chosen >> i & 1) == 1)];
                Node[] batches = [.. call.Operands.Select((x, i) => batched[i] ? Vary<T>(x, size) : x)];
                Node[] from = [.. leaves.Where((_, i) => batched[i])], to = [.. batches.Where((_, i) => batched[i])];
                var (result, isBatched) = Replay.Batch(from, to, [node], size)[0];
                Assert.True(isBatched, "The result does not depend on the batched operands.");
                Compare(call, batches, batched, (NDArray<T>)result, size);
            }
        }
    }

    private static void Compare<T>(OpCall<T> call, Node[] batches, bool[] batched, NDArray<T> result, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(Axes.Prepend(size, call.Value().Shape), result.Shape);
        var all = result.ToArray();
        for (int k = 0; k < size; k++)
        {
            Node[] sample = [.. batches.Select((x, i) => batched[i] ? Element<T>(x, k) : x)];
            var alone = ((NDArray<T>)call.Op.Apply(sample)).ToArray();
            for (int i = 0; i < alone.Length; i++)
            {
                var together = all[(k * alone.Length) + i];
                Claim.That(
                    Bits.Same(alone[i], together),
                    $"Element {i} of sample {k} of {size} is {Bits.Describe(together)} in the batch, {Bits.Describe(alone[i])} alone.");
            }
        }
    }

    private static Node Vary<T>(Node x, int size) where T : unmanaged => x switch
    {
        NDArray<bool> mask => Turned(mask, size),
        NDArray<int> positions => Turned(positions, size),
        _ => Turned((NDArray<T>)x, size),
    };

    // The operand itself, then with its elements turned round: every sample of the batch lies in the op's domain.
    private static NDArray<TElement> Turned<TElement>(NDArray<TElement> x, int size) where TElement : unmanaged
    {
        var elements = new List<TElement>();
        var values = x.ToArray();
        for (int k = 0; k < size; k++)
        {
            for (int i = 0; i < values.Length; i++)
                elements.Add(values[(i + k) % values.Length]);
        }

        return NDArray.Create<TElement>([.. elements], Axes.Prepend(size, x.Shape));
    }

    private static Node Element<T>(Node batch, int k) where T : unmanaged => batch switch
    {
        NDArray<bool> masks => masks[k],
        NDArray<int> positions => positions[k],
        _ => ((NDArray<T>)batch)[k],
    };
}
