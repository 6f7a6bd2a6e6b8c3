using Grad.Functional;
using Xunit;

namespace Properties.Values;

/// <summary>Reading: all ways give the same elements, copies are copies, and every read of a traced array is noted.</summary>
public class AccessLaws
{
    public static TheoryData<string, Action<NDArray<double>>> Reads => new()
    {
        { "ToArray", x => x.ToArray() },
        { "AsSpan", x => x.AsSpan() },
        { "CopyTo", x => x.CopyTo(new double[1]) },
        { "ToScalar", x => x.ToScalar() },
        { "GetEnumerator", x => x.GetEnumerator() },
        { "conversion", x => _ = (double)x },
        { "ToString", x => x.ToString() },
        { "interpolation", x => _ = $"{x}" },
    };

    [Fact]
    public void All_ways_give_the_same_elements()
    {
        var x = NDArray.Create([1.0, 2, 3, 4, 5, 6], 2, 3);
        var copy = new double[8];
        x.CopyTo(copy);
        var enumerated = new List<double>();
        foreach (var element in x)
        {
            enumerated.Add(element);
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], x.ToArray());
        Assert.Equal(x.ToArray(), x.AsSpan().ToArray());
        Assert.Equal(x.ToArray(), enumerated);
        Assert.Equal([.. x.ToArray(), 0, 0], copy);
    }

    [Fact]
    public void A_copy_can_be_changed_and_the_array_cannot()
    {
        NDArray<int> x = [1, 2];
        x.ToArray()[0] = 9;
        Assert.Equal([1, 2], x.ToArray());
    }

    [Theory]
    [InlineData]
    [InlineData(1)]
    [InlineData(1, 1, 1)]
    public void A_single_element_of_any_rank_is_a_scalar(params int[] shape)
    {
        var x = NDArray.Full(2.5f, shape);
        Assert.Equal(2.5f, x.ToScalar());
        Assert.Equal(2.5f, (float)x);
        Assert.Equal(2.5, (double)x);
    }

    [Fact]
    public void Equality_is_identity()
    {
        NDArray<double> x = [1, 2], y = [1, 2];
        Assert.True(x.Equals(x));
        Assert.False(x.Equals(y));
        Assert.False(x.Equals(null));
        Assert.Equal(2, new HashSet<NDArray<double>> { x, y, x }.Count);
        Assert.True(new Pair(x, y) == new Pair(x, y));
        Assert.False(new Pair(x, y) == new Pair(y, x));
        Assert.Throws<ArgumentNullException>(() => x == null!);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public void Every_read_of_a_traced_array_is_noted(string way, Action<NDArray<double>> read)
    {
        var variable = Ad.Variable<double>(3);
        foreach (var traced in (NDArray<double>[])[variable, variable * variable])
        {
            // Other tests read as well: only what this listener hears counts.
            var noted = ReadLog.Listen(() => read(traced));
            Assert.True(noted is [var only] && ReferenceEquals(only.Node, traced), way);
        }

        Assert.Empty(ReadLog.Listen(() => read(5)));
    }

    [Fact]
    public void Bad_calls_say_what_came_and_what_to_do()
    {
        var x = NDArray.Zeros<double>(3, 2);
        Errors.Check<InvalidOperationException>(() => x.ToScalar(), null, "ToScalar", "single element", "[3, 2], 6 elements", "Sum");
        Errors.Check<InvalidOperationException>(() => NDArray.Zeros<double>(0).ToScalar(), null, "[0], 0 elements");
        Errors.Check<ArgumentException>(() => _ = (double)x, "x", "conversion to Double", "[3, 2], 6 elements");
        Errors.Check<ArgumentNullException>(() => _ = (double)(NDArray<double>)null!, "x");
        Errors.Check<ArgumentException>(() => x.CopyTo(new double[5]), "destination", "CopyTo", "at least 6", "[3, 2]", "got 5");
    }

    private sealed record Pair(NDArray<double> First, NDArray<double> Second);
}
