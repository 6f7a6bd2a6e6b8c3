namespace Properties.Support;

// The gamma function's kin: the Taylor series about 2, Stirling's series with its first fourteen terms from 32 on, recurrence and reflection elsewhere.
public readonly partial struct DoubleDouble
{
    private const int GammaFar = 40;

    // 1 − γ and ½·log 2π, rounded twice; so are ζ(k) − 1, k from 2 on.
    private static readonly DoubleDouble OneMinusEuler = new(0.42278433509846713, 4.942915152430645e-18);
    private static readonly DoubleDouble HalfLogTwoPi = new(0.9189385332046728, -3.8782941580672414e-17);

    private static readonly (double Hi, double Lo)[] ZetaLessOne =
    [
        (0.6449340668482264, 3.040672350398476e-17), (0.2020569031595943, -6.752241127462512e-18),
        (0.08232323371113819, 5.851757005110278e-18), (0.03692775514336993, -3.178450686126237e-19),
        (0.01734306198444914, -4.414770097141147e-19), (0.008349277381922827, -2.92234966467598e-19),
        (0.00407735619794434, -2.2242833400456106e-19), (0.0020083928260822143, 1.6255172980294325e-19),
        (0.0009945751278180853, 8.155271993117836e-20), (0.0004941886041194645, 3.007775458283559e-20),
        (0.0002460865533080483, -2.126804481899407e-20), (0.00012271334757848915, 1.312879617594989e-21),
        (6.124813505870483e-05, 1.5932044187197156e-21), (3.058823630702049e-05, 2.828205815153663e-22),
        (1.528225940865187e-05, 7.677620188142347e-22), (7.637197637899763e-06, -2.946683490299432e-22),
        (3.81729326499984e-06, -3.619576661891535e-22), (1.908212716553939e-06, -4.589595461742015e-23),
        (9.539620338727962e-07, -9.885419869008806e-23), (4.769329867878064e-07, 1.6292492268188835e-23),
        (2.38450502727733e-07, -1.4348855177581243e-23), (1.1921992596531106e-07, 9.349486696402915e-24),
        (5.960818905125948e-08, -4.84489270891793e-25), (2.980350351465228e-08, 9.038750484718945e-25),
        (1.4901554828365043e-08, -1.4462631435868446e-24), (7.45071178983543e-09, -5.689596284297908e-25),
        (3.725334024788457e-09, -2.2838109257068324e-25), (1.862659723513049e-09, -1.357608175618366e-25),
        (9.313274324196682e-10, 1.7251523768776834e-26), (4.656629065033784e-10, 4.154615304849929e-26),
        (2.3283118336765053e-10, 1.5614446225186379e-26), (1.164155017270052e-10, 4.647009828608305e-27),
        (5.820772087902701e-11, -5.609266140509216e-27), (2.9103850444971e-11, -3.1836341409162154e-27),
        (1.4551921891041985e-11, -6.5815767720265535e-28), (7.275959835057482e-12, -7.817491596192177e-28),
        (3.637979547378651e-12, 3.2757482504856895e-28), (1.818989650307066e-12, -1.2313033251541885e-28),
        (9.094947840263888e-13, 8.752915335828258e-29), (4.547473783042154e-13, -1.915433400472885e-29),
        (2.2737368458246524e-13, 7.510141332821777e-30), (1.136868407680228e-13, -6.497889027465259e-30),
        (5.684341987627585e-14, 1.9239561017173886e-30), (2.842170976889302e-14, -1.4857762609882343e-30),
        (1.4210854828031608e-14, -1.5517661487563433e-30), (7.105427395210853e-15, 7.713369817595167e-33),
        (3.552713691337114e-15, -2.605702063609657e-31), (1.7763568435791204e-15, -8.689427287890744e-32),
        (8.881784210930816e-16, -2.8972264863617053e-32), (4.440892103143813e-16, 2.321028135682245e-32),
        (2.220446050798042e-16, 7.73646017791737e-33), (1.1102230251410661e-16, -1.5298905424452545e-33),
        (5.551115124845481e-17, 2.5715123863172194e-33), (2.775557562136124e-17, 2.6547030081215438e-33),
        (1.3877787809725232e-17, 8.207028574837895e-34), (6.938893904544153e-18, 2.575181068768237e-34),
    ];

    // B₂ₖ from k = 1 on, as quotients of whole numbers that are doubles.
    private static readonly DoubleDouble[] Bernoulli =
    [
        Quotient(1, 6), Quotient(-1, 30), Quotient(1, 42), Quotient(-1, 30), Quotient(5, 66), Quotient(-691, 2730), Quotient(7, 6), Quotient(-3617, 510),
        Quotient(43867, 798), Quotient(-174611, 330), Quotient(854513, 138), Quotient(-236364091, 2730), Quotient(8553103, 6),
        Quotient(-23749461029, 870), Quotient(8615841276005, 14322),
    ];

    public static DoubleDouble LogGamma(DoubleDouble x)
    {
        if (!double.IsFinite(x.Hi))
            return x.Hi * x.Hi;
        if (x.Hi <= -0.5)
        {
            var r = OfInteger(x);
            return r.Hi == 0 ? double.PositiveInfinity : -(Log(Abs(x * SinOfPi(r) / Pi)) + LogGamma(-x));
        }

        if (Math.Abs(x.Hi) < Negligible)
            return -Log(Abs(x));
        if (x.Hi < 0.5)
            return LogGammaNearTwo(x) - Log(Abs(x * (1 + x)));
        if (x.Hi < 1.5)
            return LogGammaNearTwo(x - 1) - LogP1(x - 1);
        if (x.Hi < 2.5)
            return LogGammaNearTwo(x - 2);
        DoubleDouble product = 1;
        while (x.Hi < 32)
        {
            product *= x;
            x += 1;
        }

        var logarithm = Log(x);
        var (inverse, series) = (1 / x, (DoubleDouble)0);
        var power = inverse;
        for (int k = 1; k < Bernoulli.Length; k++, power = power * inverse * inverse)
            series += Bernoulli[k - 1] / (2.0 * k * (2 * k - 1)) * power;
        // Scaled, so that only the result overflows.
        var whole = ScaleB(ScaleB(x, -8) * (logarithm - 1) - ScaleB(logarithm, -9), 8);
        return double.IsInfinity(whole.Hi) ? whole : whole + HalfLogTwoPi + series - Log(product);
    }

    public static DoubleDouble Digamma(DoubleDouble x)
    {
        if (!double.IsFinite(x.Hi))
            return x.Hi > 0 ? x : double.NaN;
        if (Math.Abs(x.Hi) < 1e-290)
            return -1 / x;
        if (x.Hi < 0)
        {
            var r = OfInteger(x);
            return r.Hi == 0 ? double.NaN : Digamma(-x) - 1 / x - Pi * CosOfPi(r) / SinOfPi(r);
        }

        DoubleDouble terms = 0;
        for (; x.Hi < GammaFar; x += 1)
            terms += 1 / x;
        var (square, series) = (1 / (x * x), (DoubleDouble)0);
        for (int k = Bernoulli.Length; k >= 1; k--)
            series = (series + Bernoulli[k - 1] / (2 * k)) * square;
        return Log(x) - 1 / (2 * x) - series - terms;
    }

    public static DoubleDouble Polygamma(DoubleDouble x, int order)
    {
        if (double.IsNaN(x.Hi) || double.IsNegativeInfinity(x.Hi))
            return double.NaN;
        double sign = (order & 1) == 1 ? 1 : -1;
        if (x.Hi == 0)
            return sign > 0 ? double.PositiveInfinity : -1 / x.Hi;
        if (x.Hi > 0)
            return sign * Hurwitz(x, order);
        var r = OfInteger(x);
        if (r.Hi == 0)
            return sign > 0 ? double.PositiveInfinity : double.NaN;

        // c = π·cot πx, cₖ₊₁ = −(π² + c²)·dcₖ/dc; as polynomials in c.
        var cotangent = Pi * CosOfPi(r) / SinOfPi(r);
        DoubleDouble[] row = [0, 1];
        for (int n = 0; n < order; n++)
        {
            var next = new DoubleDouble[row.Length + 1];
            for (int k = 1; k < row.Length; k++)
            {
                next[k - 1] -= Pi * Pi * row[k] * k;
                next[k + 1] -= row[k] * k;
            }

            row = next;
        }

        DoubleDouble sum = 0;
        for (int k = row.Length - 1; k >= 0; k--)
            sum = sum * cotangent + row[k];
        return double.IsInfinity(sum.Hi) || double.IsNaN(sum.Hi) ? -row[^1].Hi * Math.Pow(cotangent.Hi, order + 1) : -sum - Hurwitz(-x + 1, order);
    }

    private static DoubleDouble Pi => 2 * FixedPoint.HalfPiRounded;

    private static DoubleDouble Quotient(double x, double y) => (DoubleDouble)x / y;

    // n!·ζ(n + 1, x), positive x.
    private static DoubleDouble Hurwitz(DoubleDouble x, int order)
    {
        DoubleDouble sum = 0;
        for (; x.Hi < GammaFar + order; x += 1)
            sum += FallingPower(x, order, order + 1);
        var (square, series, rising) = (1 / (x * x), (DoubleDouble)1, (DoubleDouble)1);
        series += order / (2 * x);
        DoubleDouble power = 1;
        for (int k = 1; k <= Bernoulli.Length; k++)
        {
            rising = rising * (order + 2 * k - 2) * (order + 2 * k - 1) / (2.0 * k * (2 * k - 1));
            power *= square;
            series += Bernoulli[k - 1] * rising * power;
        }

        return sum + series * FallingPower(x, order - 1, order);
    }

    // m!·x^(−n), n at most m + 1: so ordered that only the result overflows or underflows.
    private static DoubleDouble FallingPower(DoubleDouble x, int m, int n)
    {
        DoubleDouble result = 1;
        for (int k = 1; k <= n; k++)
            result = result * (k <= m ? k : 1) / x;
        return result;
    }

    // What x exceeds the nearest integer by.
    private static DoubleDouble OfInteger(DoubleDouble x) => x - Math.Round(x.Hi) is var r && r.Hi > 0.5 ? r - 1 : r.Hi < -0.5 ? r + 1 : r;

    // ±sin πr and ±cos πr for |r| ≤ ½: the sign is left to quotients of both.
    private static DoubleDouble SinOfPi(DoubleDouble r) =>
        Math.Abs(r.Hi) <= 0.25 ? SinSeries(Pi * r) : r.Hi < 0 ? -CosSeries(Pi * (r + 0.5)) : CosSeries(Pi * (0.5 - r));

    private static DoubleDouble CosOfPi(DoubleDouble r) => Math.Abs(r.Hi) <= 0.25 ? CosSeries(Pi * r) : SinSeries(Pi * (0.5 - Abs(r)));

    // log Γ(2 + v) = (1 − γ)·v + Σ (−1)ᵏ·(ζ(k) − 1)·vᵏ/k, |v| ≤ ½.
    private static DoubleDouble LogGammaNearTwo(DoubleDouble v)
    {
        DoubleDouble sum = 0;
        for (int k = ZetaLessOne.Length + 1; k >= 2; k--)
        {
            var (hi, lo) = ZetaLessOne[k - 2];
            var coefficient = Sum(hi, lo) / k;
            sum = sum * v + ((k & 1) == 0 ? coefficient : -coefficient);
        }

        return (sum * v + OneMinusEuler) * v;
    }
}
