using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;
using Market = (
    Grad.Functional.NDArray<double> Spot,
    Grad.Functional.NDArray<double> Volatility,
    Grad.Functional.NDArray<double> Time,
    Grad.Functional.NDArray<double> Rate);

namespace Bench;

/// <summary>
/// What do the prices of n call options cost with four greeks: delta, vega, theta (by the time that is left) and rho? The price is Black's and Scholes'
/// formula as its user writes it; by hand stand the closed forms of all five.
/// </summary>
public class BlackScholes : IQuestion
{
    private NDArray<double> _strike = 0.0;
    private Market _market;
    private Action _compiled = () => { }, _interpreted = () => { }, _onTwo = () => { };
    private Arrays<double> _inputs = new(), _outputs = new();

    [Params(1_000, 65_536, 1_000_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        NDArray<double> Between(ulong key, double low, double high) => (new RandomKey(key).Uniform<double>(N) * (high - low)) + low;
        _strike = Between(1, 50, 150);
        _market = (Between(2, 80, 120), Between(3, 0.1, 0.6), Between(4, 0.1, 2), Between(5, 0, 0.05));
        var compiled = Planned<double>.Compile(PriceAndGreeks, _market);
        var interpreted = Planned<double>.Interpret(PriceAndGreeks, _market);
        (_compiled, _interpreted, _onTwo) = (compiled.Run, interpreted.Run, Planned<double>.Compile(PriceAndGreeks, _market, threads: 2).Run);
        (_inputs, _outputs) = (compiled.Inputs, compiled.Outputs);
        _compiled();
        _interpreted();
        Agreement.Require("compiled", _outputs, interpreted.Outputs, 0);
        ByHand();
        Agreement.Require("by hand", _outputs, interpreted.Outputs, 1e-9);
    }

    [Benchmark] public void Compiled() => _compiled();

    [Benchmark] public void Compiled_TwoThreads() => _onTwo();

    [Benchmark] public void Interpreted() => _interpreted();

    [Benchmark] public NDArray<double> PlainCall() => PriceAndGreeks(_market).Price;

    [Benchmark]
    public void ByHand()
    {
        var loop = new Loop(_inputs, _strike.AsSpan(), _outputs);
        Lanes.Run(ref loop);
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 65_536, 1_000_000])
        {
            yield return Row.Against($"n = {n}: compiled, by hand", () => (At(n).Compiled, ByHand), 1.1);
            yield return Row.Against($"n = {n}: interpreted, compiled", () => (At(n).Interpreted, Compiled), 1.35);
            yield return Row.Against($"n = {n}: compiled on two threads, on one", () => (At(n).Compiled_TwoThreads, Compiled), n >= 1_000_000 ? 1 / 1.8 : null);
            yield return Row.AgainstTorch($"n = {n}: compiled", $"black_scholes {n}", () => At(n).Compiled);
            yield return Row.AgainstTorch($"n = {n}: plain call", $"black_scholes {n}", () => At(n).CallPlainly);
        }
    }

    private (NDArray<double> Price, Market Greeks) PriceAndGreeks(Market market)
    {
        var (_, greeks, price) = Ad.ValueAndGrad<Market, double, NDArray<double>>(
            m =>
            {
                var price = Price(m);
                return (Sum(price), price);
            },
            market);
        return (price, greeks);
    }

    private NDArray<double> Price(Market m)
    {
        var deviation = m.Volatility * Sqrt(m.Time);
        var d1 = (Log(m.Spot / _strike) + ((m.Rate + (0.5 * Square(m.Volatility))) * m.Time)) / deviation;
        return (m.Spot * NormalCdf(d1)) - (_strike * Exp(-m.Rate * m.Time) * NormalCdf(d1 - deviation));
    }

    private void CallPlainly() => PlainCall().AsSpan();

    private BlackScholes At(int n)
    {
        if (_inputs.Count == 0 || N != n)
        {
            N = n;
            Setup();
        }

        return this;
    }

    private readonly ref struct Loop(Arrays<double> market, ReadOnlySpan<double> strike, Arrays<double> results) : ILaneLoop
    {
        private readonly ReadOnlySpan<double> _spot = market[0], _volatility = market[1], _time = market[2], _rate = market[3], _strike = strike;
        private readonly Span<double> _price = results[0], _delta = results[1], _vega = results[2], _theta = results[3], _rho = results[4];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            for (var i = 0; i < _spot.Length; i += V.Count)
            {
                // The last lane ends flush with the data.
                var at = Math.Min(i, _spot.Length - V.Count);
                V spot = V.Load(in _spot[at]), volatility = V.Load(in _volatility[at]), time = V.Load(in _time[at]);
                V rate = V.Load(in _rate[at]), strike = V.Load(in _strike[at]);
                var root = V.Sqrt(time);
                var deviation = volatility * root;
                var d1 = (V.Log(spot / strike) + V.MultiplyAdd(volatility * volatility, 0.5, rate) * time) / deviation;
                var paid = strike * V.Exp(-(rate * time)) * V.NormalCdf(d1 - deviation);
                var delta = V.NormalCdf(d1);
                var vega = spot * root * V.NormalDensity(d1);
                V.Store(spot * delta - paid, ref _price[at]);
                V.Store(delta, ref _delta[at]);
                V.Store(vega, ref _vega[at]);
                V.Store(V.MultiplyAdd(rate, paid, 0.5 * vega * volatility / time), ref _theta[at]);
                V.Store(time * paid, ref _rho[at]);
            }
        }
    }
}
