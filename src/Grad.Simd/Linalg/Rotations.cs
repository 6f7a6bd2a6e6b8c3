using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// A plane rotation of two rows: <c>(x, y) = (c·x + s·y, c·y − s·x)</c>, for at least a lane of elements; the last lane ends flush with the rows.
/// </summary>
internal readonly unsafe struct RotateRows<T>(T* x, T* y, int count, double c, double s) : ILoop where T : unmanaged
{
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged => Rotate<V, E>((E*)x, (E*)y, count, c, s);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rotate<V, E>(E* x, E* y, nint count, double c, double s) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        V cosine = V.Constant(c), sine = V.Constant(s);
        nint last = count - V.Count;

        // What the last lane shares with the one before is rotated once: both are read before either is written.
        V lastX = V.Load(in x[last]), lastY = V.Load(in y[last]);
        for (nint i = 0; i <= last; i += V.Count)
        {
            V first = V.Load(in x[i]), second = V.Load(in y[i]);
            V.Store(V.MultiplyAdd(cosine, first, sine * second), ref x[i]);
            V.Store(V.MultiplyAdd(cosine, second, -(sine * first)), ref y[i]);
        }

        if (count % V.Count != 0)
        {
            V.Store(V.MultiplyAdd(cosine, lastX, sine * lastY), ref x[last]);
            V.Store(V.MultiplyAdd(cosine, lastY, -(sine * lastX)), ref y[last]);
        }
    }
}

/// <summary>Plane rotations of rows of a matrix.</summary>
internal static unsafe class Rotations
{
    /// <summary>Rotates two rows.</summary>
    public static void Apply<T>(Matrix<T> a, int x, int y, T c, T s) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Apply(a.Start + (x * a.Stride), a.Start + (y * a.Stride), a.Columns, c, s);

    /// <summary>The c and s with <c>c·x + s·y = r</c> and <c>c·y − s·x = 0</c>; gives r.</summary>
    public static T Make<T>(T x, T y, out T c, out T s) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Squares in the middle of the range are as good as hypot and far faster.
        T square = (x * x) + (y * y), r = Middle<T>() < square && square < T.One / Middle<T>() ? T.Sqrt(square) : T.Hypot(x, y);
        (c, s) = r == T.Zero ? (T.One, T.Zero) : (x / r, y / r);
        return r;
    }

    // A square that small numbers have lost no digits of.
    private static T Middle<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? T.CreateChecked(1e-270) : T.CreateChecked(1e-28f);

    private static void Apply<T>(T* x, T* y, int count, T c, T s) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count == 0)
            return;
        var loop = new RotateRows<T>(x, y, count, Scalar.ToDouble(c), Scalar.ToDouble(s));
        Widest.Run<RotateRows<T>, T>(ref loop, count);
    }
}
