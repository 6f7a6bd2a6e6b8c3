using System.Globalization;
using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Kernels;

/// <summary>Every elementwise function against its reference: correctly rounded, or within the documented number of ULP.</summary>
[Trait("Category", "Leg")]
public class AccuracyLaws(ITestOutputHelper output)
{
    // Coprime to every power of two: all low mantissa bits are seen.
    private const ulong Spacing32 = 4099;
    private const ulong Spacing64 = ulong.MaxValue / 100_003;

    public static TheoryData<string> ApproximateNames => [.. Reference.Approximate.Keys];

    public static TheoryData<string> ApproximateSignaturesOfTwo =>
    [
        .. SpanOverload<double>.All.Where(overload => Reference.ApproximateOfTwo.ContainsKey(overload.Name)).Select(overload => overload.Signature),
    ];

    public static TheoryData<string> ExactSignatures =>
        [.. SpanOverload<double>.All.Where(overload => Reference.Exact64.ContainsKey(overload.Name)).Select(overload => overload.Signature)];

    [Fact]
    public void Every_function_has_a_reference()
    {
        var names = SpanOverload<double>.All.Select(overload => overload.Name).Distinct();
        Assert.Empty(names.Except(Reference.Approximate.Keys).Except(Reference.ApproximateOfTwo.Keys).Except(Reference.Exact64.Keys));
        Assert.Equal(Reference.Exact64.Keys, Reference.Exact32.Keys);
    }

    [Theory]
    [MemberData(nameof(ApproximateNames))]
    public void Doubles_are_within_the_documented_error(string name)
    {
        var reference = Reference.Approximate[name];
        double[] x = [.. Points<double>(Spacing64)];
        Check(name, x, (argument, result) => Ulp.Error(result, reference.Wide(argument), reference.Scale(argument)));
    }

    [Theory]
    [MemberData(nameof(ApproximateNames))]
    public void Floats_are_within_the_documented_error(string name)
    {
        var reference = Reference.Approximate[name];
        float[] x = [.. Points<float>(Spacing32)];
        Check(name, x, (argument, result) => Ulp.Error(result, reference.Narrow(argument), reference.Scale(argument)));
    }

    [Theory]
    [MemberData(nameof(ApproximateSignaturesOfTwo))]
    public void Doubles_in_pairs_are_within_the_documented_error(string signature)
    {
        var wide = Reference.ApproximateOfTwo[signature[..signature.IndexOf('(', StringComparison.Ordinal)]].Wide;
        CheckPairs<double>(signature, (x, y, result) => Ulp.Error(result, wide(x, y)));
    }

    [Theory]
    [MemberData(nameof(ApproximateSignaturesOfTwo))]
    public void Floats_in_pairs_are_within_the_documented_error(string signature)
    {
        var narrow = Reference.ApproximateOfTwo[signature[..signature.IndexOf('(', StringComparison.Ordinal)]].Narrow;
        CheckPairs<float>(signature, (x, y, result) => Ulp.Error(result, narrow(x, y)));
    }

    [Theory]
    [MemberData(nameof(ExactSignatures))]
    public void Primitives_of_the_hardware_are_correctly_rounded(string signature)
    {
        CheckExact<double>(signature, Reference.Exact64[signature[..signature.IndexOf('(', StringComparison.Ordinal)]]);
        CheckExact<float>(signature, Reference.Exact32[signature[..signature.IndexOf('(', StringComparison.Ordinal)]]);
    }

    private static IEnumerable<T> Points<T>(ulong spacing)
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. Samples.Special<T>(),
        .. Samples.Spaced<T>(spacing),
        .. Samples.Between<T>(-4, 4, 20_000),
        .. Samples.Between<T>(-750, 750, 20_000),
    ];

    private void Check<T>(string name, T[] x, Func<T, T, double> error)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new T[x.Length];
        SpanOverload<T>.All.Single(overload => overload.Name == name).Run(x, [], [], result);
        int worst = 0;
        double worstError = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double ulps = error(x[i], result[i]);
            if (!(ulps <= worstError))
                (worst, worstError) = (i, ulps);
        }

        double bound = DocumentedError.Of(name);
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"{name} of {typeof(T).Name}: {worstError:F3} ULP at {Bits.Describe(x[worst])} = {Bits.Describe(result[worst])}, ")
            + string.Create(CultureInfo.InvariantCulture, $"documented {bound}, over {x.Length} points.");
        output.WriteLine(figures);
        Assert.True(worstError <= bound, figures);
    }

    private void CheckPairs<T>(string signature, Func<T, T, T, double> error)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var overload = SpanOverload<T>.All.Single(candidate => candidate.Signature == signature);
        (T X, T Y)[] drawn = [.. Pairs.Drawn<T>(overload.Scalar < 0 ? 120_000 : 2_000, 11)];
        if (overload.Scalar >= 0)
        {
            // Each of some numbers with whole spans.
            drawn = [.. drawn.Take(48).SelectMany(_ => drawn, (number, span) => overload.Scalar == 0 ? (number.X, span.Y) : (span.X, number.Y))];
        }

        (T X, T Y)[] pairs = [.. Pairs.Special<T>(), .. drawn];
        (double Ulps, string At) worst = (0, "none");
        foreach (var group in pairs.GroupBy(pair => overload.Scalar switch { 0 => pair.X, 1 => pair.Y, _ => T.Zero }))
        {
            T[] x = [.. group.Select(pair => pair.X)], y = [.. group.Select(pair => pair.Y)], result = new T[x.Length];
            overload.Run(x, y, [], result);
            for (int i = 0; i < x.Length; i++)
            {
                double ulps = error(x[i], y[i], result[i]);
                if (!(ulps <= worst.Ulps))
                    worst = (ulps, $"{Bits.Describe(x[i])}, {Bits.Describe(y[i])} = {Bits.Describe(result[i])}");
            }
        }

        double bound = DocumentedError.Of(overload.Name);
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"{overload}: {worst.Ulps:F3} ULP at {worst.At}, documented {bound}, over {pairs.Length} points.");
        output.WriteLine(figures);
        Assert.True(worst.Ulps <= bound, figures);
    }

    private static void CheckExact<T>(string signature, Func<T, T, T, T> reference)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var overload = SpanOverload<T>.All.Single(candidate => candidate.Signature == signature);
        var points = (T[])[.. Samples.Special<T>(), .. Samples.Mixed<T>(100, 9)];
        var result = new T[points.Length];
        var (ys, zs) = (Thin(points, overload.Operands > 1), Thin(points, overload.Operands > 2));
        foreach (T y in ys)
        {
            foreach (T z in zs)
            {
                T[][] operands = [points, Repeat(y, points.Length), Repeat(z, points.Length)];
                if (overload.Scalar == 0)
                    (operands[0], operands[1]) = (operands[1], operands[0]);
                overload.Run(operands[0], operands[1], operands[2], result);
                for (int i = 0; i < result.Length; i++)
                {
                    T expected = reference(operands[0][i], operands[1][i], operands[2][i]);
                    if (!Bits.Same(expected, result[i]))
                    {
                        Assert.Fail($"{overload} of {string.Join(", ", operands.Select(operand => Bits.Describe(operand[i])))}: "
                            + $"expected {Bits.Describe(expected)}, got {Bits.Describe(result[i])}.");
                    }
                }
            }
        }
    }

    private static T[] Thin<T>(T[] points, bool used) => used ? [.. points.Where((_, i) => i % 7 == 0), .. points[1..9]] : [points[0]];

    private static T[] Repeat<T>(T x, int count)
    {
        var repeated = new T[count];
        Array.Fill(repeated, x);
        return repeated;
    }
}
