using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The lane on which slope bodies are run: over <see cref="GraphValue"/> it builds the slope as graph, differentiable again, over <see cref="NumberValue{V}"/>
/// it computes what that graph would. Constants stay constants until they meet a value; a product with 1 or −1 costs nothing or a sign.
/// </summary>
/// <remarks>
/// A select whose other branch is an exact zero stays apart as a <see cref="Gate"/>: the branch not taken is then kept out by the
/// pending mask, and no product with it is ever formed.
/// </remarks>
internal readonly struct SlopeLane<TValue> : ILane<SlopeLane<TValue>> where TValue : struct, ISlopeValue<TValue>
{
    // No more than four fields: the JIT keeps so many in registers. A constant's value says at most what it must be like.
    private readonly TValue _value;
    private readonly TValue _gate;
    private readonly double _constant;
    private readonly Parts _parts;

    public SlopeLane(TValue value) => (_value, _parts) = (value, Parts.Value);

    private SlopeLane(double constant) => _constant = constant;

    private SlopeLane(TValue value, double constant, TValue gate, Parts parts) => (_value, _constant, _gate, _parts) = (value, constant, gate, parts);

    [Flags]
    private enum Parts
    {
        None = 0,
        Value = 1,
        Gate = 2,
    }

    /// <summary>Whether the value is exactly zero wherever the <see cref="Gate"/> is false.</summary>
    public bool IsGated => (_parts & Parts.Gate) != 0;

    public TValue Gate => _gate;

    public bool IsConstant => _parts == Parts.None;

    public double ConstantValue => _constant;

    /// <summary>The value where the gate holds.</summary>
    public SlopeLane<TValue> Ungated => new(_value, _constant, default, _parts & Parts.Value);

    public static SlopeLane<TValue> Constant(double value) => new(value);

    public static SlopeLane<TValue> operator +(SlopeLane<TValue> x, SlopeLane<TValue> y) =>
        x.IsConstant && y.IsConstant ? new(x._constant + y._constant) : Combine<AddOp>(x, y);

    public static SlopeLane<TValue> operator -(SlopeLane<TValue> x, SlopeLane<TValue> y) =>
        x.IsConstant && y.IsConstant ? new(x._constant - y._constant) : Combine<SubtractOp>(x, y);

    public static SlopeLane<TValue> operator *(SlopeLane<TValue> x, SlopeLane<TValue> y) => (x.IsConstant, y.IsConstant) switch
    {
        (true, true) => new(x._constant * y._constant),
        (true, false) when x._constant == 1 => y,
        (true, false) when x._constant == -1 => -y,
        (false, true) when y._constant == 1 => x,
        (false, true) when y._constant == -1 => -x,
        (true, false) when (float)x._constant != x._constant => Of(new ScaleOp(x._constant), y),
        (false, true) when (float)y._constant != y._constant => Of(new ScaleOp(y._constant), x),
        _ => Combine<MultiplyOp>(x, y),
    };

    public static SlopeLane<TValue> operator /(SlopeLane<TValue> x, SlopeLane<TValue> y) =>
        x.IsConstant && y.IsConstant ? new(x._constant / y._constant)
        : x.IsConstant && x._constant == 1 ? Of<ReciprocalOp>(y)
        : Combine<DivideOp>(x, y);

    public static SlopeLane<TValue> operator -(SlopeLane<TValue> x) => x.IsConstant ? new(-x._constant) : Of<NegateOp>(x);

    public static SlopeLane<TValue> operator +(SlopeLane<TValue> x, double y) => x + Constant(y);

    public static SlopeLane<TValue> operator -(SlopeLane<TValue> x, double y) => x - Constant(y);

    public static SlopeLane<TValue> operator *(SlopeLane<TValue> x, double y) => x * Constant(y);

    public static SlopeLane<TValue> operator /(SlopeLane<TValue> x, double y) => x / Constant(y);

    public static SlopeLane<TValue> operator +(double x, SlopeLane<TValue> y) => Constant(x) + y;

    public static SlopeLane<TValue> operator -(double x, SlopeLane<TValue> y) => Constant(x) - y;

    public static SlopeLane<TValue> operator *(double x, SlopeLane<TValue> y) => Constant(x) * y;

    public static SlopeLane<TValue> operator /(double x, SlopeLane<TValue> y) => Constant(x) / y;

    public static SlopeLane<TValue> MultiplyAdd(SlopeLane<TValue> x, SlopeLane<TValue> y, SlopeLane<TValue> z) => (x * y) + z;

    public static SlopeLane<TValue> FusedMultiplyAdd(SlopeLane<TValue> x, SlopeLane<TValue> y, SlopeLane<TValue> z) => (x * y) + z;

    public static SlopeLane<TValue> Min(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<MinimumOp>(x, y);

    public static SlopeLane<TValue> Max(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<MaximumOp>(x, y);

    public static SlopeLane<TValue> Abs(SlopeLane<TValue> x) => Of<AbsOp>(x);

    public static SlopeLane<TValue> Sqrt(SlopeLane<TValue> x) => Of<SqrtOp>(x);

    public static SlopeLane<TValue> Truncate(SlopeLane<TValue> x) => Of<TruncateOp>(x);

    public static SlopeLane<TValue> Floor(SlopeLane<TValue> x) => Of<FloorOp>(x);

    public static SlopeLane<TValue> Ceiling(SlopeLane<TValue> x) => Of<CeilingOp>(x);

    public static SlopeLane<TValue> Round(SlopeLane<TValue> x) => Of<RoundOp>(x);

    public static SlopeLane<TValue> Remainder(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<RemainderOp>(x, y);

    public static SlopeLane<TValue> LessThan(SlopeLane<TValue> x, SlopeLane<TValue> y) => Test<LessThanOp>(x, y);

    public static SlopeLane<TValue> LessThanOrEqual(SlopeLane<TValue> x, SlopeLane<TValue> y) => Test<LessThanOrEqualOp>(x, y);

    public static SlopeLane<TValue> Equal(SlopeLane<TValue> x, SlopeLane<TValue> y) => Test<EqualOp>(x, y);

    public static SlopeLane<TValue> And(SlopeLane<TValue> x, SlopeLane<TValue> y) => new(TValue.Mask<AndOp>(x._value, y._value));

    public static SlopeLane<TValue> Or(SlopeLane<TValue> x, SlopeLane<TValue> y) => new(TValue.Mask<OrOp>(x._value, y._value));

    public static SlopeLane<TValue> Not(SlopeLane<TValue> x) => new(TValue.Not(x._value));

    public static SlopeLane<TValue> Select(SlopeLane<TValue> mask, SlopeLane<TValue> x, SlopeLane<TValue> y) =>
        y.IsConstant && y._constant == 0
            ? new SlopeLane<TValue>(
                TValue.Either(x._value, mask._value),
                x._constant,
                x.IsGated ? TValue.Mask<AndOp>(mask._value, x._gate) : mask._value,
                x._parts | Parts.Gate)
            : new SlopeLane<TValue>(TValue.Where(mask._value, x.In(mask._value), y.In(mask._value)));

    public static SlopeLane<TValue> Exp(SlopeLane<TValue> x) => Of<ExpOp>(x);

    public static SlopeLane<TValue> ExpM1(SlopeLane<TValue> x) => Of<ExpM1Op>(x);

    public static SlopeLane<TValue> Log(SlopeLane<TValue> x) => Of<LogOp>(x);

    public static SlopeLane<TValue> LogP1(SlopeLane<TValue> x) => Of<LogP1Op>(x);

    public static SlopeLane<TValue> Sin(SlopeLane<TValue> x) => Of<SinOp>(x);

    public static SlopeLane<TValue> Cos(SlopeLane<TValue> x) => Of<CosOp>(x);

    public static SlopeLane<TValue> Tan(SlopeLane<TValue> x) => Of<TanOp>(x);

    public static SlopeLane<TValue> Asin(SlopeLane<TValue> x) => Of<AsinOp>(x);

    public static SlopeLane<TValue> Acos(SlopeLane<TValue> x) => Of<AcosOp>(x);

    public static SlopeLane<TValue> Atan(SlopeLane<TValue> x) => Of<AtanOp>(x);

    public static SlopeLane<TValue> Atan2(SlopeLane<TValue> y, SlopeLane<TValue> x) => Combine<Atan2Op>(y, x);

    public static SlopeLane<TValue> Hypot(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<HypotOp>(x, y);

    public static SlopeLane<TValue> OneMinusSquare(SlopeLane<TValue> x) => Of<OneMinusSquareOp>(x);

    public static SlopeLane<TValue> Erfc(SlopeLane<TValue> x) => Of<ErfcOp>(x);

    public static SlopeLane<TValue> NormalCdf(SlopeLane<TValue> x) => Of<NormalCdfOp>(x);

    public static SlopeLane<TValue> NormalDensity(SlopeLane<TValue> x) => Of<NormalDensityOp>(x);

    public static SlopeLane<TValue> ErfDensity(SlopeLane<TValue> x) => Of<ErfDensityOp>(x);

    public static SlopeLane<TValue> Gelu(SlopeLane<TValue> x) => Of<GeluOp>(x);

    public static SlopeLane<TValue> ReciprocalReal(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<ReciprocalRealOp>(x, y);

    public static SlopeLane<TValue> Tanh(SlopeLane<TValue> x) => Of<TanhOp>(x);

    public static SlopeLane<TValue> Sigmoid(SlopeLane<TValue> x) => Of<SigmoidOp>(x);

    public static SlopeLane<TValue> Pow(SlopeLane<TValue> x, double exponent) => Of(new PowOp(exponent), x);

    public static SlopeLane<TValue> Pow(SlopeLane<TValue> x, SlopeLane<TValue> y) => Combine<PowerOp>(x, y);

    public static SlopeLane<TValue> Exp2(SlopeLane<TValue> x) => Of<Exp2Op>(x);

    public static SlopeLane<TValue> Log2(SlopeLane<TValue> x) => Of<Log2Op>(x);

    public static SlopeLane<TValue> Log10(SlopeLane<TValue> x) => Of<Log10Op>(x);

    public static SlopeLane<TValue> Cbrt(SlopeLane<TValue> x) => Of<CbrtOp>(x);

    public static SlopeLane<TValue> Sinh(SlopeLane<TValue> x) => Of<SinhOp>(x);

    public static SlopeLane<TValue> Cosh(SlopeLane<TValue> x) => Of<CoshOp>(x);

    public static SlopeLane<TValue> Erf(SlopeLane<TValue> x) => Of<ErfOp>(x);

    public static SlopeLane<TValue> ReciprocalSqrt(SlopeLane<TValue> x) => Of<ReciprocalSqrtOp>(x);

    public static SlopeLane<TValue> Asinh(SlopeLane<TValue> x) => Of<AsinhOp>(x);

    public static SlopeLane<TValue> Acosh(SlopeLane<TValue> x) => Of<AcoshOp>(x);

    public static SlopeLane<TValue> Atanh(SlopeLane<TValue> x) => Of<AtanhOp>(x);

    public static SlopeLane<TValue> LogGamma(SlopeLane<TValue> x) => Of<LogGammaOp>(x);

    public static SlopeLane<TValue> Digamma(SlopeLane<TValue> x) => Of<DigammaOp>(x);

    public static SlopeLane<TValue> NormalLogCdf(SlopeLane<TValue> x) => Of<NormalLogCdfOp>(x);

    public static SlopeLane<TValue> InverseMillsRatio(SlopeLane<TValue> x) => Of<InverseMillsRatioOp>(x);

    public static SlopeLane<TValue> ErfInverse(SlopeLane<TValue> x) => Of<ErfInverseOp>(x);

    public static SlopeLane<TValue> ErfcInverse(SlopeLane<TValue> x) => Of<ErfcInverseOp>(x);

    public static SlopeLane<TValue> NormalQuantile(SlopeLane<TValue> x) => Of<NormalQuantileOp>(x);

    public static SlopeLane<TValue> Polygamma(SlopeLane<TValue> x, int order) => Of(new PolygammaOp(order), x);

    /// <summary>The whole value, of the element type of <paramref name="like"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue In(TValue like)
    {
        var value = (_parts & Parts.Value) != 0 ? _value : TValue.Constant(_constant, like);
        return IsGated ? TValue.Where(_gate, value, TValue.Constant(0, like)) : value;
    }

    private static SlopeLane<TValue> Of<TOp>(SlopeLane<TValue> x) where TOp : struct, IUnaryOp => new(TValue.Of<TOp>(x.In(x._value)));

    private static SlopeLane<TValue> Of<TOp>(TOp op, SlopeLane<TValue> x) where TOp : struct, IUnaryOp => new(TValue.Of(op, x.In(x._value)));

    private static SlopeLane<TValue> Combine<TOp>(SlopeLane<TValue> x, SlopeLane<TValue> y) where TOp : struct, IBinaryOp
    {
        var like = TValue.Either(x._value, y._value);
        return new SlopeLane<TValue>(TValue.Of<TOp>(x.In(like), y.In(like)));
    }

    private static SlopeLane<TValue> Test<TOp>(SlopeLane<TValue> x, SlopeLane<TValue> y) where TOp : struct, ICompareOp
    {
        var like = TValue.Either(x._value, y._value);
        return new SlopeLane<TValue>(TValue.Test<TOp>(x.In(like), y.In(like)));
    }
}
