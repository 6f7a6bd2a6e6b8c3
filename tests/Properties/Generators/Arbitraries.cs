using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;

namespace Properties.Generators;

/// <summary>What properties draw from: <c>[Property(Arbitrary = [typeof(Arbitraries)])]</c>.</summary>
public static class Arbitraries
{
    /// <summary>Any shape.</summary>
    public static Arbitrary<Shape> Shape() => Arb.From(Shapes.Any, Shapes.Shrink);

    /// <summary>Two shapes that broadcast.</summary>
    public static Arbitrary<ShapePair> ShapePair() => Arb.From(
        Shapes.Broadcast(2).Select(pair => new ShapePair(pair[0], pair[1])),
        pair => Shapes.Shrink([pair.First, pair.Second]).Select(shrunk => new ShapePair(shrunk[0], shrunk[1])));

    /// <summary>Any double: raw bits, every order of magnitude, special values.</summary>
    public static Arbitrary<double> Double() =>
        Arb.From(Numbers.Any<double>(), x => Numbers.Shrink(x, double.NegativeInfinity, double.PositiveInfinity));

    /// <summary>Any float.</summary>
    public static Arbitrary<float> Float() =>
        Arb.From(Numbers.Any<float>(), x => Numbers.Shrink(x, float.NegativeInfinity, float.PositiveInfinity).Select(y => (float)y));
}

/// <summary>Two shapes that broadcast.</summary>
public sealed record ShapePair(Shape First, Shape Second);
