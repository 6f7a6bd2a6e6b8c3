using System.Numerics;
using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

public static partial class NDMath
{
    /// <summary>The angle of the point (x, y) from −π to π, elementwise, with broadcasting; special cases as <see cref="Math.Atan2"/>.</summary>
    /// <remarks>
    /// Max ULP: float 2, double 2. Slopes x/(x² + y²) along y and −y/(x² + y²) along x, without overflow on the way; both 0 at (0, 0), where
    /// PyTorch and JAX give NaN. On the cut, y = ±0 with x below zero, the slopes are those of the side that y's sign names.
    /// </remarks>
    /// <param name="y">The ordinate.</param>
    /// <param name="x">The abscissa.</param>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static NDArray<T> Atan2<T>(NDArray<T> y, NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        Binary<Atan2Op>.Call(y, x);
}

/// <summary>The adapter calls the first operand x and the second y; here they are the ordinate and the abscissa.</summary>
internal readonly struct Atan2Op : IBinaryOp
{
    public static string Name => "Atan2";

    // The plane without its left half, and without its lower half: neither has the cut or the origin.
    public static IEnumerable<OpSample> Samples =>
    [
        OpSample.Binary<Atan2Op>(OperandSpec.Real(-20, 20), OperandSpec.Real(0.05, 20)) with { MaxUlp = (2, 2) },
        OpSample.Binary<Atan2Op>(OperandSpec.Real(0.05, 20), OperandSpec.Real(-20, 20)) with { MaxUlp = (2, 2) },
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V>(V x, V y) where V : struct, ILane<V> => V.Atan2(x, y);

    public V SlopeX<V>(V x, V y, V z) where V : struct, ILane<V> => V.ReciprocalReal(y, x);

    public V SlopeY<V>(V x, V y, V z) where V : struct, ILane<V> => -V.ReciprocalReal(x, y);
}
