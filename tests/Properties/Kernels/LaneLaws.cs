using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Every member of the lane algebra gives the same bits at every width of the process.</summary>
[Trait("Category", "Leg")]
public class LaneLaws
{
    private const int Length = 4096;

    [Fact]
    public void Doubles_have_the_same_bits_at_every_width()
    {
        double[] x = [.. Samples.Mixed<double>(Length, 11)], y = [.. Samples.Mixed<double>(Length, 12)];
        for (int body = 0; body < LaneBodies.Count; body++)
        {
            var expected = Evaluate<F64x1, double>(body, x, y);
            AssertSame(body, x, y, expected, Evaluate<F64x2, double>(body, x, y));
            AssertSame(body, x, y, expected, Evaluate<F64x4, double>(body, x, y));
            AssertSame(body, x, y, expected, Evaluate<F64x8, double>(body, x, y));
            if (F64x32.IsAccelerated)
                AssertSame(body, x, y, expected, Evaluate<F64x32, double>(body, x, y));
        }
    }

    [Fact]
    public void Floats_have_the_same_bits_at_every_width()
    {
        float[] x = [.. Samples.Mixed<float>(Length, 11)], y = [.. Samples.Mixed<float>(Length, 12)];
        for (int body = 0; body < LaneBodies.Count; body++)
        {
            var expected = Evaluate<F32x1, float>(body, x, y);
            AssertSame(body, x, y, expected, Evaluate<F32x4, float>(body, x, y));
            AssertSame(body, x, y, expected, Evaluate<F32x8, float>(body, x, y));
            AssertSame(body, x, y, expected, Evaluate<F32x16, float>(body, x, y));
            if (F32x64.IsAccelerated)
                AssertSame(body, x, y, expected, Evaluate<F32x64, float>(body, x, y));
        }
    }

    [Fact]
    public void Masks_go_to_truth_values_and_back()
    {
        CheckMasks<F64x1, double>();
        CheckMasks<F64x2, double>();
        CheckMasks<F64x4, double>();
        CheckMasks<F64x8, double>();
        CheckMasks<F32x1, float>();
        CheckMasks<F32x4, float>();
        CheckMasks<F32x8, float>();
        CheckMasks<F32x16, float>();
    }

    [Fact]
    public void Guards_hold_where_every_element_is_inside()
    {
        CheckGuards<F64x1, double>();
        CheckGuards<F64x2, double>();
        CheckGuards<F64x4, double>();
        CheckGuards<F64x8, double>();
        CheckGuards<F32x1, float>();
        CheckGuards<F32x4, float>();
        CheckGuards<F32x8, float>();
        CheckGuards<F32x16, float>();
        if (F64x32.IsAccelerated)
        {
            CheckGuards<F64x32, double>();
            CheckGuards<F32x64, float>();
        }
    }

    [Fact]
    public void A_product_is_added_in_place_as_it_is_added()
    {
        CheckAddProduct<F64x1, double>();
        CheckAddProduct<F64x2, double>();
        CheckAddProduct<F64x4, double>();
        CheckAddProduct<F64x8, double>();
        CheckAddProduct<F32x1, float>();
        CheckAddProduct<F32x4, float>();
        CheckAddProduct<F32x8, float>();
        CheckAddProduct<F32x16, float>();
    }

    private static E[] Evaluate<V, E>(int body, E[] x, E[] y)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var result = new E[x.Length];
        for (int i = 0; i < x.Length; i += V.Count)
            V.Store(LaneBodies.Apply(body, V.Load(in x[i]), V.Load(in y[i])), ref result[i]);
        return result;
    }

    private static void AssertSame<T>(int body, T[] x, T[] y, T[] expected, T[] actual)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (!Bits.Same(expected[i], actual[i]))
            {
                Assert.Fail($"Body {body} of {Bits.Describe(x[i])}, {Bits.Describe(y[i])}: {Bits.Describe(actual[i])} on lanes, "
                    + $"{Bits.Describe(expected[i])} alone.");
            }
        }
    }

    // One element outside, at every place.
    private static void CheckGuards<V, E>()
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged, System.Numerics.IFloatingPointIeee754<E>
    {
        E[] inside = [.. Enumerable.Range(0, V.Count).Select(i => E.CreateChecked(1 + (0.5 * i / V.Count)))];
        E[] outside = [E.Zero, E.CreateChecked(0.5), E.CreateChecked(2), E.CreateChecked(-1.25), E.CreateChecked(-3), E.PositiveInfinity, E.NegativeInfinity, E.NaN];
        Assert.True(V.AllInRange(V.Load(in inside[0]), 0.75, 2));
        Assert.True(V.AllWithin(V.Load(in inside[0]), 2));
        for (int i = 0; i < V.Count; i++)
        {
            foreach (var number in outside)
            {
                E[] numbers = [.. inside];
                numbers[i] = number;
                Assert.False(V.AllInRange(V.Load(in numbers[0]), 0.75, 2), $"{number} at {i} of {V.Count}");
                Assert.Equal(E.Abs(number) < E.CreateChecked(2), V.AllWithin(V.Load(in numbers[0]), 2));
            }
        }
    }

    private static void CheckAddProduct<V, E>()
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged, System.Numerics.IFloatingPointIeee754<E>
    {
        E[] numbers = Samples.Between<E>(-3, 3, 64), sums = [.. numbers], expected = [.. numbers];
        for (int i = 0; i < numbers.Length; i += V.Count)
        {
            V x = V.Load(in numbers[i]), y = V.Load(in numbers[(i + 16) % 64]), sum = V.Load(in sums[i]);
            V.Store(V.MultiplyAdd(x, y, sum), ref expected[i]);
            V.AddProduct(x, y, ref sum);
            V.Store(sum, ref sums[i]);
        }

        Assert.Equal(expected.Select(Bits.Of), sums.Select(Bits.Of));
    }

    private static void CheckMasks<V, E>()
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        var random = new Random(13);
        using GuardedMemory<bool> inputs = new(V.Count), outputs = new(V.Count);
        for (int round = 0; round < 200; round++)
        {
            var input = inputs.Take(V.Count, right: round % 2 == 0);
            var output = outputs.Take(V.Count, right: round % 3 == 0);
            foreach (ref bool truth in input)
                truth = round < 190 ? random.Next(2) == 0 : round % 2 == 0;
            var mask = V.LoadMask(in input[0]);
            V.StoreMask(mask, ref output[0]);
            Assert.True(input.SequenceEqual(output));
            V.StoreMask(V.Not(mask), ref output[0]);
            for (int i = 0; i < input.Length; i++)
                Assert.NotEqual(input[i], output[i]);
            Assert.Equal(!input.Contains(false), V.All(mask));
        }
    }
}
