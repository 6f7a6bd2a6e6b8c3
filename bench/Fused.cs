using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Grad.Functional;
using Grad.Simd;

namespace Bench;

/// <summary>How fast is emitted code for a group of elementwise ops, beside a loop fused by hand and beside one kernel after the other?</summary>
public unsafe class Fused : IQuestion
{
    private double[] _x = [], _y = [], _first = [], _second = [], _still = [];
    private Action _sinExp = () => { }, _cheap = () => { }, _chain = () => { };

    [Params(1_000, 65_536, 1_000_000)]
    public int N { get; set; } = 1_000;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_x, _y, _first, _second, _still) = (Array(N), Array(N), Array(N), Array(N), Array(2));
        for (var i = 0; i < N; i++)
        {
            (_x[i], _y[i]) = (0.5 + random.NextDouble(), 0.5 + random.NextDouble());
        }

        (_still[0], _still[1]) = (1.3, 0.2);
        _sinExp = Emitted(FusedGroups.SinExp(), Start(_x), Start(_still), Start(_still, 1), Start(_first), Start(_second));
        _cheap = Emitted(FusedGroups.Cheap(), Start(_x), Start(_y), Start(_first));
        _chain = Emitted(FusedGroups.Chain(), Start(_x), Start(_first));
    }

    /// <summary>sin(ax + b)·exp(−x²) and its slope.</summary>
    [Benchmark] public void SinExp() => _sinExp();

    [Benchmark]
    public void SinExp_HandFused()
    {
        if (F64x8.IsAccelerated)
        {
            FusedGroups.SinExpByHand<F64x8>(_x, _still[0], _still[1], _first, _second);
        }
        else if (F64x4.IsAccelerated)
        {
            FusedGroups.SinExpByHand<F64x4>(_x, _still[0], _still[1], _first, _second);
        }
        else
        {
            FusedGroups.SinExpByHand<F64x2>(_x, _still[0], _still[1], _first, _second);
        }
    }

    /// <summary>Sixteen sums, differences and products.</summary>
    [Benchmark] public void Cheap() => _cheap();

    [Benchmark] public void Cheap_HandFused() => Zip.Run<FusedGroups.CheapKernel, double>(default, _x, _y, _first);

    [Benchmark]
    public void Cheap_OpByOp()
    {
        SpanMath.Multiply<double>(_x, _y, _first);
        for (var k = 0; k < 15; k++)
        {
            var operand = k % 2 == 0 ? _x : _y;
            switch (k % 3)
            {
                case 0:
                    SpanMath.Add<double>(_first, operand, _first);
                    break;
                case 1:
                    SpanMath.Multiply<double>(_first, operand, _first);
                    break;
                default:
                    SpanMath.Subtract<double>(_first, operand, _first);
                    break;
            }
        }
    }

    /// <summary>Sixteen functions, each of the one before.</summary>
    [Benchmark] public void Chain() => _chain();

    [Benchmark] public void Chain_HandFused() => Map.Run<FusedGroups.ChainKernel, double>(default, _x, _first);

    [Benchmark]
    public void Chain_OpByOp()
    {
        for (var k = 0; k < 4; k++)
        {
            SpanMath.Sin<double>(k == 0 ? _x : _first, _first);
            SpanMath.Exp<double>(_first, _first);
            SpanMath.Tanh<double>(_first, _first);
            SpanMath.Cos<double>(_first, _first);
        }
    }

    IEnumerable<Row> IQuestion.Rows()
    {
        foreach (var n in (int[])[1_000, 65_536, 1_000_000])
        {
            yield return Compare("sin·exp and slope, by hand", f => (f.SinExp, f.SinExp_HandFused), 1.1);
            yield return Compare("16 cheap ops, by hand", f => (f.Cheap, f.Cheap_HandFused), 1.1);
            yield return Compare("16 cheap ops, op by op", f => (f.Cheap, f.Cheap_OpByOp));
            yield return Compare("16 functions, by hand", f => (f.Chain, f.Chain_HandFused), 1.1);
            yield return Compare("16 functions, op by op", f => (f.Chain, f.Chain_OpByOp));

            Row Compare(string name, Func<Fused, (Action, Action?)> pair, double? bar = null) =>
                Row.Against(
                    $"fused {name}, n = {n}",
                    () =>
                    {
                        var question = new Fused { N = n };
                        question.Setup();
                        return pair(question);
                    },
                    bar);
        }
    }

    private static double[] Array(int n) => GC.AllocateArray<double>(n, pinned: true);

    private static nint Start(double[] array, int at = 0) => (nint)Unsafe.AsPointer(ref array[at]);

    // The arrays are pinned for good.
    private Action Emitted(ElementwiseCode code, params ReadOnlySpan<nint> arrays)
    {
        var loop = EmittedLoop.Compile(code) ?? throw new NotSupportedException("Here no code can be emitted.");
        var pointers = GC.AllocateArray<nint>(arrays.Length, pinned: true);
        arrays.CopyTo(pointers);
        var first = (nint)Unsafe.AsPointer(ref pointers[0]);
        return () =>
        {
            GC.KeepAlive(pointers);
            var none = default(NoKernels);
            loop.Run((nint*)first, N, ref none);
        };
    }

    private readonly struct NoKernels : IPlainKernels
    {
        public void Run(nint* pointers, long start, long end) => throw new InvalidOperationException("The numbers are in fast ranges.");
    }
}
