using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Sine and cosine from one call are those of two calls, whatever the length and the place.</summary>
[Trait("Category", "Leg")]
public class SinCosLaws
{
    private const int MaxLength = 257;
    private const int Beyond = 3;

    [Fact]
    public void Doubles_have_the_bits_of_Sin_and_Cos() => EveryLength<double>();

    [Fact]
    public void Floats_have_the_bits_of_Sin_and_Cos() => EveryLength<float>();

    [Fact]
    public void In_place_and_beside_x_the_bits_are_the_same()
    {
        InPlace<double>();
        InPlace<float>();
    }

    [Fact]
    public void Bad_destinations_are_refused_and_nothing_is_written()
    {
        Refusals<double>();
        Refusals<float>();
    }

    private static void EveryLength<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        // With and without arguments that are done over.
        T[] mixed = Samples.Mixed<T>(MaxLength, 1), moderate = Samples.Between<T>(-1000, 1000, MaxLength);
        using GuardedMemory<T> x = new(MaxLength), sines = new(MaxLength + Beyond), cosines = new(MaxLength + Beyond);
        foreach (var samples in (T[][])[mixed, moderate])
        {
            for (int n = 0; n <= MaxLength; n++)
            {
                foreach (bool right in (bool[])[false, true])
                {
                    int room = right ? n : n + Beyond;
                    Span<T> arguments = x.Take(n, right), sine = sines.Take(room, right), cosine = cosines.Take(room, right);
                    samples.AsSpan(0, n).CopyTo(arguments);
                    sine.Fill(T.One + T.One);
                    cosine.Fill(T.One + T.One);
                    SpanMath.SinCos<T>(arguments, sine, cosine);
                    AssertExpected(samples.AsSpan(0, n), sine[..n], cosine[..n]);
                    foreach (T rest in (T[])[.. sine[n..], .. cosine[n..]])
                        Assert.Equal(T.One + T.One, rest);
                }
            }
        }

        T[] special = [.. Samples.Special<T>(), .. Samples.Mixed<T>(10_000, 3), .. Samples.Between<T>(-4, 4, 10_000)];
        T[] s = new T[special.Length], c = new T[special.Length];
        SpanMath.SinCos<T>(special, s, c);
        AssertExpected<T>(special, s, c);
    }

    private static void InPlace<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int n in (int[])[1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100, MaxLength])
        {
            var x = Samples.Mixed<T>(n, 2);
            T[] sines = (T[])x.Clone(), cosines = (T[])x.Clone(), other = new T[n];
            SpanMath.SinCos<T>(sines, sines, other);
            AssertExpected<T>(x, sines, other);
            SpanMath.SinCos<T>(cosines, other, cosines);
            AssertExpected<T>(x, other, cosines);

            // Neighbours that touch share nothing.
            var together = new T[3 * n];
            x.CopyTo(together, n);
            SpanMath.SinCos<T>(together.AsSpan(n, n), together.AsSpan(0, n), together.AsSpan(2 * n, n));
            AssertExpected<T>(x, together.AsSpan(0, n), together.AsSpan(2 * n, n));
        }
    }

    private static void Refusals<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int n = 40;
        var memory = Samples.Mixed<T>(3 * n, 5);
        var other = new T[n];
        var before = (T[])memory.Clone();
        foreach (int shift in (int[])[-39, -8, -1, 1, 7, 39])
        {
            Refused("sines", () => SpanMath.SinCos<T>(memory.AsSpan(n, n), memory.AsSpan(n + shift, n), other));
            Refused("cosines", () => SpanMath.SinCos<T>(memory.AsSpan(n, n), other, memory.AsSpan(n + shift, n)));
            Refused("cosines", () => SpanMath.SinCos<T>(new T[n], memory.AsSpan(n, n), memory.AsSpan(n + shift, n)));
        }

        Refused("cosines", () => SpanMath.SinCos<T>(memory, memory, memory));
        Refused("cosines", () => SpanMath.SinCos<T>(new T[n], other, other));
        Assert.Contains("39", Refused("sines", () => SpanMath.SinCos<T>(memory.AsSpan(0, n), new T[39], other)).Message, StringComparison.Ordinal);
        Assert.Contains("39", Refused("cosines", () => SpanMath.SinCos<T>(memory.AsSpan(0, n), other, new T[39])).Message, StringComparison.Ordinal);
        Assert.Equal(before.Select(Bits.Of), memory.Select(Bits.Of));
        Assert.All(other, value => Assert.Equal(T.Zero, value));

        static ArgumentException Refused(string name, Action call)
        {
            var thrown = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal(name, thrown.ParamName);
            Assert.Contains("SinCos", thrown.Message, StringComparison.Ordinal);
            return thrown;
        }
    }

    private static void AssertExpected<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> sines, ReadOnlySpan<T> cosines) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] sine = new T[x.Length], cosine = new T[x.Length];
        SpanMath.Sin(x, sine);
        SpanMath.Cos(x, cosine);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(
                Bits.Same(sine[i], sines[i]) && Bits.Same(cosine[i], cosines[i]),
                $"{Bits.Describe(x[i])} ({i} of {x.Length}) gives {Bits.Describe(sines[i])}, {Bits.Describe(cosines[i])}.");
        }
    }
}
