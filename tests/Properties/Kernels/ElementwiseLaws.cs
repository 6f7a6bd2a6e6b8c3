using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>The contract of every elementwise function of <see cref="SpanMath"/>, whatever it computes.</summary>
[Trait("Category", "Leg")]
public class ElementwiseLaws
{
    private const int MaxLength = 257;
    private const int Beyond = 3;

    public static TheoryData<string> Signatures => [.. SpanOverload<double>.All.Select(overload => overload.Signature)];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Every_length_between_guard_pages_gives_the_bits_of_each_element_alone(string signature) =>
        ForBoth(signature, new EveryLength());

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Every_offset_and_place_in_a_lane_gives_the_same_bits(string signature) => ForBoth(signature, new EveryOffset());

    [Theory]
    [MemberData(nameof(Signatures))]
    public void In_place_gives_the_bits_of_a_separate_destination(string signature) => ForBoth(signature, new InPlace());

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Partial_overlap_is_refused_and_nothing_is_written(string signature) => ForBoth(signature, new PartialOverlap());

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Short_destination_and_unequal_lengths_are_refused(string signature) => ForBoth(signature, new BadLengths());

    [Fact]
    public void Other_element_types_are_refused()
    {
        var thrown = Assert.Throws<NotSupportedException>(() => SpanMath.Exp<Half>([(Half)1], new Half[1]));
        Assert.Contains("float and double", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => SpanMath.Sum<Half>([]));
        Assert.Throws<NotSupportedException>(() => SpanMath.Dot<Half>([], []));
    }

    [Fact]
    public void Results_longer_than_the_caches_are_those_of_their_parts()
    {
        LongerThanCaches<double>((1 << 22) + 37);
        LongerThanCaches<float>((1 << 23) + 37);
    }

    private static void LongerThanCaches<T>(int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Part = 4_097;
        var random = new Random(1);
        T[] x = new T[count + 1], y = new T[count + 1], whole = new T[count + 3], parts = new T[count];
        for (int i = 0; i <= count; i++)
            (x[i], y[i]) = (T.CreateChecked(random.NextDouble()), T.CreateChecked(random.NextDouble()));
        for (int i = 0; i < count; i += Part)
        {
            int length = Math.Min(Part, count - i);
            SpanMath.Add<T>(x.AsSpan(i + 1, length), y.AsSpan(i, length), parts.AsSpan(i, length));
        }

        SpanMath.Add<T>(x.AsSpan(1), y.AsSpan(0, count), whole.AsSpan(2, count));
        Assert.True(parts.AsSpan().SequenceEqual(whole.AsSpan(2, count)));
        Assert.True(whole is [var before, var last, .., var after] && before == T.Zero && last == T.Zero && after == T.Zero);
        SpanMath.Add<T>(x.AsSpan(1), y.AsSpan(0, count), x.AsSpan(1));
        Assert.True(parts.AsSpan().SequenceEqual(x.AsSpan(1)));
    }

    private static void ForBoth(string signature, ILaw law)
    {
        law.Check(SpanOverload<double>.All.Single(overload => overload.Signature == signature));
        law.Check(SpanOverload<float>.All.Single(overload => overload.Signature == signature));
    }

    private interface ILaw
    {
        void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private sealed class EveryLength : ILaw
    {
        public void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>
        {
            var data = new Operands<T>(overload, MaxLength);
            using GuardedMemory<T> x = new(MaxLength), y = new(MaxLength), z = new(MaxLength), output = new(MaxLength + Beyond);
            for (int n = 0; n <= MaxLength; n++)
            {
                foreach (bool right in (bool[])[false, true])
                {
                    Span<T> a = x.Take(n, right), b = y.Take(n, right), c = z.Take(n, right);
                    data.CopyTo(a, b, c, n);
                    var destination = output.Take(right ? n : n + Beyond, right);
                    destination.Fill(T.One + T.One);
                    overload.Run(data.Scalar(0, a), data.Scalar(1, b), data.Scalar(2, c), destination);
                    data.AssertExpected(destination[..n], 0);
                    foreach (T rest in destination[n..])
                        Assert.Equal(T.One + T.One, rest);
                }
            }
        }
    }

    private sealed class EveryOffset : ILaw
    {
        public void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int lanes = 32, length = 53;
            var data = new Operands<T>(overload, length + lanes);
            var destination = new T[length + 2 * lanes];
            for (int offset = 0; offset < lanes; offset++)
            {
                var written = destination.AsSpan(lanes - offset, length);
                overload.Run(
                    data.Scalar(0, data[0].AsSpan(offset, length)),
                    data.Scalar(1, data[1].AsSpan(offset, length)),
                    data.Scalar(2, data[2].AsSpan(offset, length)),
                    written);
                data.AssertExpected(written, offset);
            }
        }
    }

    private sealed class InPlace : ILaw
    {
        public void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>
        {
            var data = new Operands<T>(overload, MaxLength);
            foreach (int place in overload.Spans)
            {
                foreach (int n in (int[])[1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100, MaxLength])
                {
                    T[][] inputs = [data[0][..n], data[1][..n], data[2][..n]];
                    var both = inputs[place];
                    overload.Run(data.Scalar(0, inputs[0]), data.Scalar(1, inputs[1]), data.Scalar(2, inputs[2]), both);
                    data.AssertExpected(both, 0);
                }
            }
        }
    }

    private sealed class PartialOverlap : ILaw
    {
        public void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>
        {
            const int n = 40;
            var data = new Operands<T>(overload, 2 * n);
            foreach (int place in overload.Spans)
            {
                foreach (int shift in (int[])[-39, -8, -1, 1, 7, 39])
                {
                    T[][] inputs = [data[0][..n], data[1][..n], data[2][..n]];
                    var shared = Samples.Mixed<T>(3 * n, 5);
                    var before = (T[])shared.Clone();
                    inputs[place] = [];
                    var thrown = Assert.ThrowsAny<ArgumentException>(() => overload.Run(
                        place == 0 ? shared.AsSpan(n, n) : data.Scalar(0, inputs[0]),
                        place == 1 ? shared.AsSpan(n, n) : data.Scalar(1, inputs[1]),
                        place == 2 ? shared.AsSpan(n, n) : data.Scalar(2, inputs[2]),
                        shared.AsSpan(n + shift, n)));
                    Assert.Equal("destination", thrown.ParamName);
                    Assert.Contains(overload.Name, thrown.Message, StringComparison.Ordinal);
                    Assert.Equal(before.Select(Bits.Of), shared.Select(Bits.Of));
                }

                // Neighbours that touch share nothing.
                var adjacent = new T[2 * n];
                data[place].AsSpan(0, n).CopyTo(adjacent);
                overload.Run(
                    place == 0 ? adjacent.AsSpan(0, n) : data.Scalar(0, data[0].AsSpan(0, n)),
                    place == 1 ? adjacent.AsSpan(0, n) : data.Scalar(1, data[1].AsSpan(0, n)),
                    place == 2 ? adjacent.AsSpan(0, n) : data.Scalar(2, data[2].AsSpan(0, n)),
                    adjacent.AsSpan(n, n));
                data.AssertExpected(adjacent.AsSpan(n, n), 0);
            }
        }
    }

    private sealed class BadLengths : ILaw
    {
        public void Check<T>(SpanOverload<T> overload) where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shorter = Assert.ThrowsAny<ArgumentException>(
                () => overload.Run(new T[31], new T[31], new T[31], new T[29]));
            Assert.Equal("destination", shorter.ParamName);
            Assert.Contains("31", shorter.Message, StringComparison.Ordinal);
            Assert.Contains("29", shorter.Message, StringComparison.Ordinal);
            foreach (int place in overload.Spans.Skip(1))
            {
                var unequal = Assert.ThrowsAny<ArgumentException>(() => overload.Run(
                    new T[17], new T[place == 1 ? 13 : 17], new T[place == 2 ? 13 : 17], new T[17]));
                Assert.Contains("17", unequal.Message, StringComparison.Ordinal);
                Assert.Contains("13", unequal.Message, StringComparison.Ordinal);
            }
        }
    }
}
