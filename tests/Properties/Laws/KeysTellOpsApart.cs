using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>Structures are compared by the keys of their ops: two ops of one type have the same key exactly if they do the same.</summary>
public class KeysTellOpsApart
{
    private static readonly OpSample[] s_samples = [.. OpCatalog.Definitions.SelectMany(OpCatalog.Read)];

    [Fact]
    public void Ops_with_other_attributes_have_other_keys()
    {
        foreach (var kind in s_samples.Select(sample => sample.Op).GroupBy(op => op.GetType()))
        {
            Op[] ops = [.. kind.DistinctBy(op => op.Attributes)];
            Assert.Equal(ops.Length, ops.Select(Key).Distinct().Count());
        }
    }

    [Fact]
    public void An_op_made_again_has_the_same_key()
    {
        // Samples are made anew each time that they are asked for.
        var again = OpCatalog.Definitions.SelectMany(OpCatalog.Read).Select(sample => sample.Op);
        foreach (var (first, second) in s_samples.Select(sample => sample.Op).Zip(again))
            Assert.Equal(Key(first), Key(second));
    }

    private static string Key(Op op)
    {
        var key = new OpKey();
        op.Describe(key);
        return string.Join(' ', key.Numbers.ToArray());
    }
}
