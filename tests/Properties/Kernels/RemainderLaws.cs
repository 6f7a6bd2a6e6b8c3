using System.Numerics;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Remainders against whole numbers of any length, where quotients lie at, or next to, whole and half numbers.</summary>
[Trait("Category", "Leg")]
public class RemainderLaws
{
    [Fact]
    public void Remainders_of_doubles_near_whole_and_half_quotients_are_exact() => Check<double>(53, 1074);

    [Fact]
    public void Remainders_of_floats_near_whole_and_half_quotients_are_exact() => Check<float>(24, 149);

    private static void Check<T>(int digits, int lowest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pairs = Points<T>(digits, lowest).ToArray();
        T[] x = [.. pairs.Select(pair => pair.X)], y = [.. pairs.Select(pair => pair.Y)], truncated = new T[x.Length], nearest = new T[x.Length];
        SpanMath.Remainder<T>(x, y, truncated);
        SpanMath.Ieee754Remainder<T>(x, y, nearest);
        int ties = 0;
        for (int i = 0; i < x.Length; i++)
        {
            BigInteger a = BigInteger.Abs(Units(x[i], lowest)), b = BigInteger.Abs(Units(y[i], lowest));
            var quotient = BigInteger.DivRem(a, b, out var rest);
            bool isFar = 2 * rest > b || (2 * rest == b && !quotient.IsEven);
            ties += 2 * rest == b ? 1 : 0;
            AssertIs(rest, truncated[i]);
            AssertIs(isFar ? rest - b : rest, nearest[i]);

            void AssertIs(BigInteger expected, T result)
            {
                bool isRight = Units(result, lowest) == (T.IsNegative(x[i]) ? -expected : expected)
                    && (!expected.IsZero || T.IsNegative(x[i]) == T.IsNegative(result));
                Assert.True(isRight, $"{Bits.Describe(x[i])} and {Bits.Describe(y[i])} leave {Bits.Describe(result)}.");
            }
        }

        Assert.InRange(ties, pairs.Length / 20, pairs.Length);
    }

    private static IEnumerable<(T X, T Y)> Points<T>(int digits, int lowest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(5);
        for (int i = 0; i < 40_000; i++)
        {
            // Runs of quotients below the limit of the vectors and beyond it, so that not every vector is done over.
            int length = 1 + random.Next(i / 100 % 4 == 0 ? digits : digits - 2);
            long half = random.NextInt64(1, 1L << length);
            long divisor = random.NextInt64(1, 1L << Math.Max(1, digits - length - random.Next(2)));
            int exponent = random.Next(4) == 0 ? -lowest : random.Next(-lowest, 60);
            T y = T.ScaleB(T.CreateChecked(2 * divisor), exponent), x = T.ScaleB(T.CreateChecked(half) * T.CreateChecked(divisor), exponent);
            x = random.Next(4) switch { 0 => T.BitIncrement(x), 1 => T.BitDecrement(x), _ => x };
            yield return (random.Next(2) == 0 ? x : -x, random.Next(2) == 0 ? y : -y);
        }

        for (int i = 0; i < 8_000; i++)
        {
            T x = T.CreateSaturating(Math.ScaleB(random.NextDouble() - 0.5, random.Next(-lowest, 120)));
            yield return (x, T.BitIncrement(T.CreateSaturating(Math.ScaleB(random.NextDouble(), random.Next(i < 4_000 ? -lowest : 80, 120)))));
        }

        yield return (-T.Zero, T.One);
        T largest = T.BitDecrement(T.PositiveInfinity);
        yield return (largest, T.Epsilon);
        yield return (-largest, T.Epsilon * T.CreateChecked(3));
        yield return (T.BitDecrement(largest), largest);
    }

    // Multiples of the least subnormal number.
    private static BigInteger Units<T>(T value, int lowest) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double number = double.CreateChecked(value);
        int exponent = Math.Max(number == 0 ? 0 : Math.ILogB(number) - 52, -1074);
        var significand = new BigInteger(Math.ScaleB(Math.ScaleB(number, -exponent / 2), -exponent + exponent / 2));
        int shift = exponent + lowest;
        Assert.True(shift >= 0 || (significand & ((BigInteger.One << -shift) - 1)).IsZero);
        return shift >= 0 ? significand << shift : significand >> -shift;
    }
}
