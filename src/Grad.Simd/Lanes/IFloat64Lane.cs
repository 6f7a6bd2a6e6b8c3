using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>The elementary functions of every lane of doubles: one approximation each, whatever the width.</summary>
/// <typeparam name="V">The lane type itself.</typeparam>
public interface IFloat64Lane<V> : IHardwareLane<V, double>
    where V : struct, IFloat64Lane<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Exp(V x) => ExpFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ExpM1(V x) => ExpM1Function.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log(V x) => LogFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.LogP1(V x) => LogP1Function.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sin(V x) => SinCosFunction.SinFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cos(V x) => SinCosFunction.CosFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IHardwareLane<V, double>.SinCos(V x, out V cosine) => SinCosFunction.Float64(x, out cosine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Tan(V x) => TanFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Asin(V x) => AsinAcosFunction.AsinFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Acos(V x) => AsinAcosFunction.AcosFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atan(V x) => AtanFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atan2(V y, V x) => AtanFunction.Float64(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Hypot(V x, V y) => HypotFunction.Float64(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Erfc(V x) => ErfcFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalCdf(V x) => ErfcFunction.NormalCdfFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalDensity(V x) => GaussianFunction.NormalFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfDensity(V x) => GaussianFunction.ErfFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Gelu(V x) => ErfcFunction.GeluFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ReciprocalReal(V x, V y) => HypotFunction.ReciprocalRealFloat64(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Tanh(V x) => TanhFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sigmoid(V x) => SigmoidFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Pow(V x, double exponent) => PowFunction.Float64(x, exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Pow(V x, V y) => PowFunction.Float64(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Exp2(V x) => Exp2Function.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log2(V x) => LogBaseFunction.Log2Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log10(V x) => LogBaseFunction.Log10Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cbrt(V x) => CbrtFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sinh(V x) => SinhFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cosh(V x) => CoshFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Asinh(V x) => AsinhFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Acosh(V x) => AcoshFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atanh(V x) => AtanhFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Erf(V x) => ErfFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ReciprocalSqrt(V x) => 1 / V.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfInverse(V x) => InverseErfFunction.ErfFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfcInverse(V x) => InverseErfFunction.ErfcFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalQuantile(V x) => InverseErfFunction.NormalFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.LogGamma(V x) => LogGammaFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Digamma(V x) => DigammaFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Polygamma(V x, int order) => PolygammaFunction.Float64(x, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalLogCdf(V x) => NormalLogCdfFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.InverseMillsRatio(V x) => NormalLogCdfFunction.RatioFloat64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ILane<V>.Floor(V x)
    {
        var whole = V.Truncate(x);
        return whole - V.Select(V.LessThan(x, whole), V.Constant(1), V.Constant(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Ceiling(V x) => -V.Floor(-x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Round(V x) => V.RoundToEven(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Remainder(V x, V y) => RemainderFunction.Of<V, double>(x, y);
}
