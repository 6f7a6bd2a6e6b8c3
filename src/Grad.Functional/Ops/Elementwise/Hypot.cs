using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>√(x² + y²), elementwise, with broadcasting, without overflow and underflow on the way.</summary>
    /// <remarks>
    /// Max ULP: float 1.5, double 1.5. ∞ if either operand is infinite, beside NaN too. Slopes x/z and y/z; both 0 at (0, 0), where PyTorch
    /// gives 0 too and JAX NaN.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Hypot<T>(NDArray<T> x, NDArray<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary<HypotOp>.Call(x, y);
}

internal readonly struct HypotOp : IBinaryOp
{
    public static string Name => "Hypot";

    public static IEnumerable<OpSample> Samples =>
        [OpSample.Binary<HypotOp>(OperandSpec.Real(-20, 20), OperandSpec.Real(0.1, 20)) with { MaxUlp = (1.5, 1.5) }];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Hypot(x, y);

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => Over(x, z);

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => Over(y, z);

    private static V Over<V>(V coordinate, V length) where V : struct, ILane<V> =>
        V.Select(V.LessThan(V.Constant(0), length), coordinate / length, V.Constant(0));
}
