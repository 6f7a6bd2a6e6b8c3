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
        NDArray<T>[] variables = Array.ConvertAll(call.Inputs, Ad.Variable);
        var node = call.Apply(variables);
        foreach (int size in (int[])[0, 1, 3])
        {
            for (int chosen = 1; chosen < 1 << variables.Length; chosen++)
            {
                bool[] batched = [.. Enumerable.Range(0, variables.Length).Select(i => (chosen >> i & 1) == 1)];
                var batches = variables.Select((x, i) => batched[i] ? Vary(call.Inputs[i], size) : x).ToArray();
                NDArray<T>[] from = [.. variables.Where((_, i) => batched[i])], to = [.. batches.Where((_, i) => batched[i])];
                var (result, isBatched) = Replay.Batch(from, to, [node], size)[0];
                Assert.True(isBatched, "The result does not depend on the batched operands.");
                Compare(call, batches, batched, (NDArray<T>)result, size);
            }
        }
    }

    private static void Compare<T>(OpCall<T> call, NDArray<T>[] batches, bool[] batched, NDArray<T> result, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(Axes.Prepend(size, call.Value().Shape), result.Shape);
        var all = result.ToArray();
        for (int k = 0; k < size; k++)
        {
            var alone = call.Apply([.. batches.Select((x, i) => batched[i] ? Element(x, k) : call.Inputs[i])]).ToArray();
            for (int i = 0; i < alone.Length; i++)
            {
                var together = all[(k * alone.Length) + i];
                Claim.That(
                    Bits.Same(alone[i], together),
                    $"Element {i} of sample {k} of {size} is {Bits.Describe(together)} in the batch, {Bits.Describe(alone[i])} alone.");
            }
        }
    }

    // The operand itself, then with its elements turned round: every sample of the batch lies in the op's domain.
    private static NDArray<T> Vary<T>(NDArray<T> x, int size)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var elements = new List<T>();
        var values = x.ToArray();
        for (int k = 0; k < size; k++)
        {
            for (int i = 0; i < values.Length; i++)
                elements.Add(values[(i + k) % values.Length]);
        }

        return NDArray.Create<T>([.. elements], Axes.Prepend(size, x.Shape));
    }

    private static NDArray<T> Element<T>(NDArray<T> batch, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shape = Shape.Create(batch.Shape.AsSpan()[1..]);
        return NDArray.Create<T>(batch.AsSpan().Slice(k * shape.ElementCount, shape.ElementCount), shape);
    }
}
