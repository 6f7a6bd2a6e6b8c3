using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;

namespace Bench;

/// <summary>The groups of <see cref="Fused"/>: as what is emitted, and as what one writes by hand over lanes.</summary>
internal static class FusedGroups
{
    public static ElementwiseCode SinExp()
    {
        var group = new Group(true, false, false);
        var angle = group.Binary<AddOp>(group.Binary<MultiplyOp>(1, 0), 2);
        var bell = group.Unary<ExpOp>(group.Unary<NegateOp>(group.Binary<MultiplyOp>(0, 0)));
        var value = group.Binary<MultiplyOp>(group.Unary<SinOp>(angle), bell);
        var rising = group.Binary<MultiplyOp>(group.Binary<MultiplyOp>(group.Unary<CosOp>(angle), bell), 1);
        var falling = group.Binary<MultiplyOp>(value, 0);
        return group.Code(value, group.Binary<SubtractOp>(rising, group.Binary<AddOp>(falling, falling)));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SinExpByHand<V>(double[] x, double scale, double shift, double[] value, double[] slope) where V : struct, IHardwareLane<V, double>
    {
        V a = V.Broadcast(scale), b = V.Broadcast(shift);
        for (var i = 0; i < x.Length; i += V.Count)
        {
            // The last lane ends flush with the data.
            var at = Math.Min(i, x.Length - V.Count);
            var z = V.Load(in x[at]);
            var angle = a * z + b;
            var bell = V.Exp(-(z * z));
            var y = V.Sin(angle) * bell;
            var falling = y * z;
            V.Store(y, ref value[at]);
            V.Store(V.Cos(angle) * bell * a - (falling + falling), ref slope[at]);
        }
    }

    public static ElementwiseCode Cheap()
    {
        var group = new Group(true, true);
        var value = group.Binary<MultiplyOp>(0, 1);
        for (var k = 0; k < 15; k++)
        {
            value = (k % 3) switch
            {
                0 => group.Binary<AddOp>(value, k % 2),
                1 => group.Binary<MultiplyOp>(value, k % 2),
                _ => group.Binary<SubtractOp>(value, k % 2),
            };
        }

        return group.Code(value);
    }

    public readonly struct CheapKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> =>
            ((((((x * y + x) * y - x + y) * x - y + x) * y - x + y) * x - y + x) * y) - x;
    }

    public static ElementwiseCode Chain()
    {
        var group = new Group(true);
        var value = 0;
        for (var k = 0; k < 4; k++)
        {
            value = group.Unary<CosOp>(group.Unary<TanhOp>(group.Unary<ExpOp>(group.Unary<SinOp>(value))));
        }

        return group.Code(value);
    }

    public readonly struct ChainKernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => Four(Four(Four(Four(x))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Four<V>(V x) where V : struct, ILane<V> => V.Cos(V.Tanh(V.Exp(V.Sin(x))));
    }

    /// <summary>Writes a group down, op after op.</summary>
    /// <param name="runs">For each input whether it runs along the row.</param>
    private sealed class Group(params bool[] runs)
    {
        private readonly List<ElementwiseValue> _values = [];

        public int Unary<TOp>(int x) where TOp : struct, IUnaryOp => Add(Grad.Functional.Unary<TOp>.Default, x);

        public int Binary<TOp>(int x, int y) where TOp : struct, IBinaryOp => Add(Grad.Functional.Binary<TOp>.Default, x, y);

        public ElementwiseCode Code(params int[] outputs) => new(
            typeof(double),
            Array.ConvertAll(runs, isRunning => new ElementwiseInput(IsMask: false, isRunning)),
            [.. _values],
            Array.ConvertAll(outputs, output => new ElementwiseOutput(output, IsMask: false)));

        private int Add(IElementwiseOp op, params int[] operands)
        {
            _values.Add(new(op, operands));
            return runs.Length + _values.Count - 1;
        }
    }
}
