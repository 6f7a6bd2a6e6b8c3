using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>The elementary functions of every lane of floats: one approximation each, whatever the width.</summary>
/// <typeparam name="V">The lane type itself.</typeparam>
public interface IFloat32Lane<V> : IHardwareLane<V, float>
    where V : struct, IFloat32Lane<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Exp(V x) => ExpFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ExpM1(V x) => ExpM1Function.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log(V x) => LogFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.LogP1(V x) => LogP1Function.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sin(V x) => SinCosFunction.SinFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cos(V x) => SinCosFunction.CosFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IHardwareLane<V, float>.SinCos(V x, out V cosine) => SinCosFunction.Float32(x, out cosine);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Tan(V x) => TanFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Asin(V x) => AsinAcosFunction.AsinFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Acos(V x) => AsinAcosFunction.AcosFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atan(V x) => AtanFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atan2(V y, V x) => AtanFunction.Float32(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Hypot(V x, V y) => HypotFunction.Float32(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Erfc(V x) => ErfcFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalCdf(V x) => ErfcFunction.NormalCdfFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalDensity(V x) => GaussianFunction.NormalFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfDensity(V x) => GaussianFunction.ErfFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Gelu(V x) => ErfcFunction.GeluFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ReciprocalReal(V x, V y) => HypotFunction.ReciprocalRealFloat32(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Tanh(V x) => TanhFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sigmoid(V x) => SigmoidFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Pow(V x, double exponent) => PowFunction.Float32(x, exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Pow(V x, V y) => PowFunction.Float32(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Exp2(V x) => Exp2Function.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log2(V x) => LogBaseFunction.Log2Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Log10(V x) => LogBaseFunction.Log10Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cbrt(V x) => CbrtFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Sinh(V x) => SinhFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Cosh(V x) => CoshFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Asinh(V x) => AsinhFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Acosh(V x) => AcoshFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Atanh(V x) => AtanhFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Erf(V x) => ErfFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ReciprocalSqrt(V x) => 1 / V.Sqrt(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfInverse(V x) => InverseErfFunction.ErfFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.ErfcInverse(V x) => InverseErfFunction.ErfcFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalQuantile(V x) => InverseErfFunction.NormalFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.LogGamma(V x) => LogGammaFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Digamma(V x) => DigammaFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Polygamma(V x, int order) => PolygammaFunction.Float32(x, order);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.NormalLogCdf(V x) => NormalLogCdfFunction.Float32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.InverseMillsRatio(V x) => NormalLogCdfFunction.RatioFloat32(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V ILane<V>.Floor(V x)
    {
        var whole = V.Truncate(x);
        return whole - V.Select(V.LessThan(x, whole), V.Constant(1), V.Constant(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Ceiling(V x) => -V.Floor(-x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Round(V x) => V.RoundToEven(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Remainder(V x, V y) => RemainderFunction.Of<V, float>(x, y);
}
