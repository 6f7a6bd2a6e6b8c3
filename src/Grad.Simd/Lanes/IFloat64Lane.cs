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

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Tanh(V x) => TanhFunction.Float64(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] static V ILane<V>.Pow(V x, double exponent) => PowFunction.Float64(x, exponent);
}
