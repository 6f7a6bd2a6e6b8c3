using System.Numerics;
using System.Numerics.Tensors;
using Bench.Peers;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is every elementary function, beside TensorPrimitives and the vector libraries of C?</summary>
internal sealed class Functions : IQuestion
{
    private static readonly int[] s_sizes = [1_024, 1_000_000];

    IEnumerable<Row> IQuestion.Rows() => Contests().Concat(from n in s_sizes from row in (Row[])[Together<double>(n), Together<float>(n)] select row);

    private static IEnumerable<Row> Contests() =>
        from n in s_sizes
        from contest in All<double>(n).Concat(All<float>(n))
        from peer in contest.Peers
        select Row.Against($"{contest.Name}, n = {n}, {peer.Name}", () => (contest.Ours, peer.Run), Bar(contest.Name, n, peer.Name));

    /// <summary>A function, ours and the peers that have it; a peer that is not installed is null.</summary>
    public sealed record Contest(string Name, Action Ours, (string Name, Action? Run)[] Peers);

    /// <summary>Every function of one element type, by the names that C gives them, on n numbers.</summary>
    public static IEnumerable<Contest> All<T>(int n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        var suffix = typeof(T) == typeof(float) ? "f32" : "f64";
        foreach (var (name, low, high, ours, peer) in Unary<T>())
        {
            Lazy<T[]> x = Draw(low, high), z = new(() => new T[n]);
            yield return new Contest(
                $"{name} {suffix}", () => ours(x.Value, z.Value), Peers(name, x, null, z, peer is null ? null : () => peer(x.Value, z.Value)));
        }

        foreach (var (name, low, high, ours, peer) in Binary<T>())
        {
            Lazy<T[]> x = Draw(low, high), y = Draw(low, high), z = new(() => new T[n]);
            yield return new Contest(
                $"{name} {suffix}", () => ours(x.Value, y.Value, z.Value), Peers(name, x, y, z, () => peer(x.Value, y.Value, z.Value)));
        }

        Lazy<T[]> Draw(double low, double high) =>
            new(() => [.. Enumerable.Range(0, n).Select(_ => T.CreateChecked(low + ((high - low) * random.NextDouble())))]);
    }

    private static Row Together<T>(int n) where T : unmanaged, IFloatingPointIeee754<T> =>
        Row.Against($"sincos {(typeof(T) == typeof(float) ? "f32" : "f64")}, n = {n}, sin and cos", () =>
        {
            var random = new Random(1);
            T[] x = [.. Enumerable.Range(0, n).Select(_ => T.CreateChecked(20 * random.NextDouble() - 10))], sines = new T[n], cosines = new T[n];
            return (
                () => SpanMath.SinCos<T>(x, sines, cosines),
                () =>
                {
                    SpanMath.Sin<T>(x, sines);
                    SpanMath.Cos<T>(x, cosines);
                }
            );
        });

    private static double? Bar(string name, int n, string peer) => (name, n, peer) switch
    {
        ("exp f64", 1_024, "TensorPrimitives") => 0.67,
        ("log f64", 1_024, "TensorPrimitives") => 0.76,
        ("sin f64", 1_024, "TensorPrimitives") => 0.42,
        ("exp f32", 1_024, "TensorPrimitives") => 0.44,
        _ => null,
    };

    // On ranges in which no contender leaves its common path.
    private static (string, double, double, OfOne<T>, OfOne<T>?)[] Unary<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        ("exp", -10, 10, SpanMath.Exp, TensorPrimitives.Exp),
        ("exp2", -10, 10, SpanMath.Exp2, TensorPrimitives.Exp2),
        ("expm1", -4, 4, SpanMath.ExpM1, TensorPrimitives.ExpM1),
        ("log", 0.01, 10, SpanMath.Log, TensorPrimitives.Log),
        ("log2", 0.01, 10, SpanMath.Log2, TensorPrimitives.Log2),
        ("log10", 0.01, 10, SpanMath.Log10, TensorPrimitives.Log10),
        ("log1p", -0.9, 10, SpanMath.LogP1, TensorPrimitives.LogP1),
        ("sin", -10, 10, SpanMath.Sin, TensorPrimitives.Sin),
        ("cos", -10, 10, SpanMath.Cos, TensorPrimitives.Cos),
        ("tan", -10, 10, SpanMath.Tan, TensorPrimitives.Tan),
        ("asin", -1, 1, SpanMath.Asin, TensorPrimitives.Asin),
        ("acos", -1, 1, SpanMath.Acos, TensorPrimitives.Acos),
        ("atan", -4, 4, SpanMath.Atan, TensorPrimitives.Atan),
        ("sinh", -4, 4, SpanMath.Sinh, TensorPrimitives.Sinh),
        ("cosh", -4, 4, SpanMath.Cosh, TensorPrimitives.Cosh),
        ("asinh", -4, 4, SpanMath.Asinh, TensorPrimitives.Asinh),
        ("acosh", 1, 10, SpanMath.Acosh, TensorPrimitives.Acosh),
        ("atanh", -1, 1, SpanMath.Atanh, TensorPrimitives.Atanh),
        ("tanh", -4, 4, SpanMath.Tanh, TensorPrimitives.Tanh),
        ("sigmoid", -10, 10, SpanMath.Sigmoid, TensorPrimitives.Sigmoid),
        ("cbrt", 0.01, 10, SpanMath.Cbrt, TensorPrimitives.Cbrt),
        ("erf", -4, 4, SpanMath.Erf, null),
        ("erfc", -4, 4, SpanMath.Erfc, null),
        ("log normal cdf", -6, 4, SpanMath.NormalLogCdf, null),
        ("erfinv", -1, 1, SpanMath.ErfInverse, null),
        ("erfcinv", 0, 2, SpanMath.ErfcInverse, null),
        ("normal quantile", 0, 1, SpanMath.NormalQuantile, null),
        ("lgamma", 0.1, 20, SpanMath.LogGamma, null),
        ("digamma", 0.1, 20, SpanMath.Digamma, null),
        ("trigamma", 0.1, 20, SpanMath.Trigamma, null),
    ];

    private static (string, double, double, OfTwo<T>, OfTwo<T>)[] Binary<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        ("pow", 0.01, 10, SpanMath.Pow, TensorPrimitives.Pow),
        ("atan2", -4, 4, SpanMath.Atan2, TensorPrimitives.Atan2),
        ("hypot", 0.01, 4, SpanMath.Hypot, TensorPrimitives.Hypot),
        ("fmod", 0.01, 10, SpanMath.Remainder, TensorPrimitives.Remainder),
        ("remainder", 0.01, 10, SpanMath.Ieee754Remainder, TensorPrimitives.Ieee754Remainder),
    ];

    private static (string, Action?)[] Peers<T>(string name, Lazy<T[]> x, Lazy<T[]>? y, Lazy<T[]> z, Action? tensors) where T : unmanaged
    {
        var peers = new List<(string, Action?)>();
        if (tensors is not null)
        {
            peers.Add(("TensorPrimitives", tensors));
        }

        foreach (var (peer, library) in (ReadOnlySpan<(string, VectorLibrary)>)[("libmvec", VectorLibrary.Mvec), ("SLEEF", VectorLibrary.Sleef)])
        {
            var loop = library.Loop(name, x, y, z);
            if (loop is not null || !library.IsInstalled)
            {
                peers.Add((peer, loop));
            }
        }

        return [.. peers];
    }

    private delegate void OfOne<T>(ReadOnlySpan<T> x, Span<T> destination);

    private delegate void OfTwo<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination);
}
