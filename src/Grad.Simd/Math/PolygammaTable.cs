using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>What <see cref="PolygammaFunction"/> needs of an order: factors and coefficients, made once.</summary>
internal sealed class PolygammaTable
{
    /// <summary>The greatest order: its factorial is the last that is a double.</summary>
    public const int MaxOrder = 170;

    private const decimal PiSquared = 9.869604401089358618834490999m;

    // B₂ₖ for k = 1, 2, …
    private static readonly double[] s_bernoulli =
        [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];

    private static readonly PolygammaTable?[] s_tables = new PolygammaTable?[MaxOrder + 1];

    private readonly double[] _tail;
    private readonly double[] _cot;
    private readonly double _termScale;
    private readonly double _termFactor;
    private readonly double _integralScale;
    private readonly double _integralFactor;

    private PolygammaTable(int order)
    {
        Order = order;
        (_termScale, _termFactor) = Split(order, order + 1);
        (_integralScale, _integralFactor) = Split(order - 1, order);
        _tail = new double[s_bernoulli.Length + 1];
        var rising = 1.0;
        for (var k = 1; k <= s_bernoulli.Length; k++)
        {
            // (n)₂ₖ/(2k)!
            rising *= (double)(order + 2 * k - 2) * (order + 2 * k - 1) / ((2 * k - 1) * (2 * k));
            _tail[k] = s_bernoulli[k - 1] * rising;
        }

        _cot = CotPolynomial(order);
    }

    public int Order { get; }

    /// <summary>The table of an order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1 or above <see cref="MaxOrder"/>.</exception>
    public static PolygammaTable Of(int order)
    {
        var tables = s_tables;
        return (uint)order < (uint)tables.Length && Volatile.Read(ref tables[order]) is { } table ? table : Make(order);
    }

    /// <summary>n!·x^(n + 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Term<V>(V x) where V : struct, ILane<V> => Power(x, Order + 1, _termScale, _termFactor);

    /// <summary>(n − 1)!·xⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Integral<V>(V x) where V : struct, ILane<V> => Power(x, Order, _integralScale, _integralFactor);

    /// <summary>The coefficient of the (2k)-th power in the expansion, over <see cref="Integral"/>.</summary>
    public double Tail(int k) => _tail[k];

    /// <summary>The n-th derivative of <c>π·cot πy</c>, from that.</summary>
    public V Cot<V>(V x) where V : struct, ILane<V>
    {
        var square = x * x;
        var sum = V.Constant(_cot[^1]);
        for (var k = _cot.Length - 2; k >= 0; k--)
        {
            sum = V.MultiplyAdd(sum, square, _cot[k]);
        }

        return (Order & 1) == 0 ? sum * x : sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PolygammaTable Make(int order)
    {
        if (order is < 1 or > MaxOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, $"Polygamma needs an order from 1 to {MaxOrder}. Digamma is the one of order 0.");
        }

        var table = new PolygammaTable(order);
        Volatile.Write(ref s_tables[order], table);
        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V>(V x, int exponent, double scale, double factor) where V : struct, ILane<V>
    {
        var power = scale == 1 ? x : x * scale;
        // The factor first: then no product on the way is beyond both the first and the last.
        var result = factor == 1 ? power : power * factor;
        var rest = exponent - 1;
        while (rest > 0)
        {
            if ((rest & 1) == 1)
            {
                result *= power;
            }

            rest >>= 1;
            if (rest > 0)
            {
                power *= power;
            }
        }

        return result;
    }

    /// <summary><c>m!</c> as <c>scale^exponent·factor</c>, the scale a power of two and the factor from 1 on.</summary>
    private static (double Scale, double Factor) Split(int m, int exponent)
    {
        var logarithm = 0.0;
        for (var k = 2; k <= m; k++)
        {
            logarithm += Math.Log2(k);
        }

        var scale = (int)Math.Floor(logarithm / exponent);
        var (factor, left) = (1.0, -scale * exponent);
        for (var k = 1; k <= m; k++)
        {
            factor *= k;
            // Within the range of double on the way.
            var shift = Math.Max(left, -64);
            factor = Math.ScaleB(factor, shift);
            left -= shift;
        }

        return (Math.ScaleB(1, scale), Math.ScaleB(factor, left));
    }

    // With c = π·cot πy, c' = −(π² + c²). Integers times powers of π²: in row n the coefficient of c^(n + 1 − 2k)·π^(2k).
    private static double[] CotPolynomial(int order)
    {
        double[] row = [1];
        for (var n = 0; n < order; n++)
        {
            var next = new double[(n + 2) / 2 + 1];
            for (var k = 0; 2 * k <= n; k++)
            {
                var power = n + 1 - 2 * k;
                next[k] -= power * row[k];
                next[k + 1] -= power * row[k];
            }

            row = next;
        }

        // By ascending power of c², from c⁰ or c¹ on.
        var ascending = new List<double>();
        for (var k = (order + 1) / 2; k >= 0; k--)
        {
            ascending.Add(row[k] * PowerOfPiSquared(k));
        }

        return [.. ascending];
    }

    private static double PowerOfPiSquared(int k)
    {
        var (exact, power) = (1m, 1.0);
        for (var i = 0; i < k; i++)
        {
            if (i < 27)
            {
                exact *= PiSquared;
                power = (double)exact;
            }
            else
            {
                power *= (double)PiSquared;
            }
        }

        return power;
    }
}
