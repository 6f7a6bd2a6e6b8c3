using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// How fast are value and gradient of a sum, compiled, into the caller's memory: beside one loop by hand, beside the same plan op by op over tiles, and
/// beside the value alone?
/// </summary>
public unsafe class FusedFolds : IQuestion
{
    private readonly double[] _value = GC.AllocateArray<double>(1, pinned: true);
    private double[] _x = [], _y = [], _grad = [];

    [Params(1_000, 65_536, 1_000_000)]
    public int N { get; set; } = 1_000;

    /// <summary>sum(sin(ax + b)·exp(−x²)).</summary>
    public Contenders SinExp { get; private set; } = Contenders.None;

    /// <summary>The sum of sixteen sums, differences and products.</summary>
    public Contenders Cheap { get; private set; } = Contenders.None;

    /// <summary>The sum of sixteen functions, each of the one before.</summary>
    public Contenders Chain { get; private set; } = Contenders.None;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_x, _y, _grad) = (Numbers(N), Numbers(N), Numbers(N));
        for (var i = 0; i < N; i++)
        {
            (_x[i], _y[i]) = (0.5 + random.NextDouble(), 0.5 + random.NextDouble());
        }

        NDArray<double> y = _y;
        SinExp = Of(x => Sum(Sin((1.3 * x) + 0.2) * Exp(-(x * x))), default(SinExpByHand));
        Cheap = Of(x => Sum((((((((((x * y) + x) * y) - x + y) * x) - y + x) * y) - x + y) * x - y + x) * y - x), default(CheapByHand));
        Chain = Of(x => Sum(Four(Four(Four(Four(x))))), default(ChainByHand));
    }

    [Benchmark] public void SinExpGradient() => SinExp.Gradient();

    [Benchmark] public void SinExpGradientByHand() => SinExp.ByHand();

    [Benchmark] public void CheapGradient() => Cheap.Gradient();

    [Benchmark] public void CheapGradientByHand() => Cheap.ByHand();

    [Benchmark] public void ChainGradient() => Chain.Gradient();

    [Benchmark] public void ChainGradientByHand() => Chain.ByHand();

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 65_536, 1_000_000])
        {
            foreach (var (name, of, isCheap) in ((string, Func<FusedFolds, Contenders>, bool)[])[
                ("sin·exp", f => f.SinExp, false), ("16 cheap ops", f => f.Cheap, true), ("16 functions", f => f.Chain, false)])
            {
                yield return Compare("by hand", c => (c.Gradient, c.ByHand), 1.1);
                yield return Compare("op by op beside compiled", c => (c.Interpreted, c.Gradient), isCheap ? 2.5 : 1.35);
                yield return Compare("value", c => (c.Gradient, c.Value), 2);

                Row Compare(string peer, Func<Contenders, (Action, Action?)> pair, double bar) =>
                    Row.Against(
                        $"{name} + sum, n = {n}, {peer}",
                        () =>
                        {
                            var question = new FusedFolds { N = n };
                            question.Setup();
                            return pair(of(question));
                        },
                        bar);
            }
        }
    }

    private static double[] Numbers(int n) => GC.AllocateArray<double>(n, pinned: true);

    private static NDArray<double> Four(NDArray<double> x) => Cos(Tanh(Exp(Sin(x))));

    private Contenders Of<TTerm>(Func<NDArray<double>, NDArray<double>> f, TTerm term) where TTerm : struct, ITermByHand
    {
        var example = NDArray.Create<double>(_x);
        var both = Ad.Compile(Ad.ValueAndGrad(f), example);
        var alone = Ad.Compile(f, example);
        var plan = Interpreted(f, example);
        nint[] inputs = [Address(_x)], outputs = [Address(_value), Address(_grad)];
        return new Contenders(
            () => both.Run(_x, _value, _grad),
            () => alone.Run(_x, _value),
            () => plan.Run(inputs, outputs),
            F64x8.IsAccelerated ? () => _value[0] = Loop<TTerm, F64x8>(term, _x, _y, _grad)
            : F64x4.IsAccelerated ? () => _value[0] = Loop<TTerm, F64x4>(term, _x, _y, _grad)
            : () => _value[0] = Loop<TTerm, F64x2>(term, _x, _y, _grad));
    }

    private static nint Address(double[] pinned) => (nint)Unsafe.AsPointer(ref pinned[0]);

    // The plan of value and gradient, for which no code is ever emitted.
    private static Plan Interpreted(Func<NDArray<double>, NDArray<double>> f, NDArray<double> example)
    {
        using var recording = new Recording();
        var x = (NDArray<double>)example.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        var (value, grad) = Ad.ValueAndGrad(f, x);
        var plan = PlanBuilder.Build([x], [value, grad]);
        plan.EmitsWhenHot = false;
        return plan;
    }

    // Two vectors at a time, a sum for each. N is a multiple of both.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Loop<TTerm, V>(TTerm term, double[] x, double[] y, double[] grad)
        where TTerm : struct, ITermByHand
        where V : struct, IHardwareLane<V, double>
    {
        V sum = V.Constant(0), other = V.Constant(0);
        fixed (double* px = x, py = y, pg = grad)
        {
            var i = 0;
            for (; i <= x.Length - 2 * V.Count; i += 2 * V.Count)
            {
                sum += term.Eval(V.Load(in px[i]), V.Load(in py[i]), out var first);
                other += term.Eval(V.Load(in px[i + V.Count]), V.Load(in py[i + V.Count]), out var second);
                V.Store(first, ref pg[i]);
                V.Store(second, ref pg[i + V.Count]);
            }

            for (; i <= x.Length - V.Count; i += V.Count)
            {
                sum += term.Eval(V.Load(in px[i]), V.Load(in py[i]), out var last);
                V.Store(last, ref pg[i]);
            }
        }

        return V.Sum(sum + other);
    }

    /// <summary>One function: value and gradient compiled, the value alone, both op by op over tiles, both by hand.</summary>
    public sealed record Contenders(Action Gradient, Action Value, Action Interpreted, Action ByHand)
    {
        internal static Contenders None { get; } = new(() => { }, () => { }, () => { }, () => { });
    }

    private interface ITermByHand
    {
        V Eval<V>(V x, V y, out V slope) where V : struct, ILane<V>;
    }

    private readonly struct SinExpByHand : ITermByHand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y, out V slope) where V : struct, ILane<V>
        {
            var angle = x * 1.3 + 0.2;
            var bell = V.Exp(-(x * x));
            var value = V.Sin(angle) * bell;
            var falling = value * x;
            slope = V.Cos(angle) * bell * 1.3 - (falling + falling);
            return value;
        }
    }

    // The value and its slope side by side.
    private readonly struct CheapByHand : ITermByHand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y, out V slope) where V : struct, ILane<V>
        {
            V v = x * y + x, d = y + 1;
            (v, d) = (v * y - x + y, d * y - 1);
            (v, d) = (v * x - y + x, d * x + v + 1);
            (v, d) = (v * y - x + y, d * y - 1);
            (v, d) = (v * x - y + x, d * x + v + 1);
            slope = d * y - 1;
            return v * y - x;
        }
    }

    private readonly struct ChainByHand : ITermByHand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y, out V slope) where V : struct, ILane<V>
        {
            var z = Four(x, out var a);
            z = Four(z, out var b);
            z = Four(z, out var c);
            z = Four(z, out var d);
            slope = a * b * c * d;
            return z;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Four<V>(V x, out V slope) where V : struct, ILane<V>
        {
            var e = V.Exp(V.Sin(x));
            var t = V.Tanh(e);
            slope = -V.Sin(t) * (1 - t * t) * e * V.Cos(x);
            return V.Cos(t);
        }
    }
}
