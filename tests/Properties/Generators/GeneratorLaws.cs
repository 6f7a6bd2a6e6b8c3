using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Properties.Framework;
using Xunit;

namespace Properties.Generators;

/// <summary>The generators draw what they promise, and shrink to less of the same.</summary>
public class GeneratorLaws
{
    [Property(MaxTest = 300, Arbitrary = [typeof(Arbitraries)])]
    public void Shapes_are_small_and_shrink_to_smaller_ones(Shape shape)
    {
        Assert.InRange(shape.Rank, 0, 4);
        Assert.InRange(shape.ElementCount, 0, Shapes.MaxElements);
        Assert.All(Shapes.Shrink(shape), smaller => Assert.True(Size(smaller) < Size(shape), $"{shape} shrinks to {smaller}."));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(Arbitraries)])]
    public void Pairs_broadcast_and_shrink_to_pairs_that_do(ShapePair pair)
    {
        Shapes.Common(pair.First, pair.Second);
        foreach (var smaller in Shapes.Shrink([pair.First, pair.Second]))
        {
            Shapes.Common(smaller);
            Assert.True(smaller.Sum(Size) < Size(pair.First) + Size(pair.Second), $"{pair} shrinks to {smaller[0]}, {smaller[1]}.");
        }
    }

    [Fact]
    public void Shapes_have_every_rank_and_the_extents_that_matter()
    {
        var shapes = Shapes.Any.Sample(2000);
        Assert.Equal([0, 1, 2, 3, 4], shapes.Select(shape => shape.Rank).Distinct().Order());
        Assert.Subset(shapes.SelectMany(shape => shape.AsSpan().ToArray()).ToHashSet(), new HashSet<int> { 0, 1, 2, 3, 7, 8, 9, 15, 16, 17 });
    }

    [Fact]
    public void Numbers_lie_inside_and_are_of_every_kind()
    {
        foreach (var (low, high) in new[] { (-20.0, 20.0), (0, 1e6), (-1, 1e6), (0.01, 100) })
        {
            double[] numbers = Numbers.Inside<float>(low, high).Sample(4000);
            Assert.All(numbers, x => Assert.True(low < x && x < high && (float)x == x, $"{x}"));
            Assert.Contains(numbers, Numbers.IsSpecial);
            Assert.Contains(numbers, x => x - low < (high - low) * 1e-4 || high - x < (high - low) * 1e-4);
        }

        double[] any = Numbers.Any<double>().Sample(4000);
        Assert.Contains(any, double.IsNaN);
        Assert.Contains(any, double.IsInfinity);
        Assert.Contains(any, double.IsSubnormal);
        Assert.Contains(any, x => x == 0 && double.IsNegative(x));
    }

    // Fewer axes, then fewer elements in them.
    private static int Size(Shape shape) => (1000 * shape.Rank) + shape.AsSpan().ToArray().Sum();
}
