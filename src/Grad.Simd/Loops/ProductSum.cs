using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>Products with something added, each rounded as lanes round it: once where the hardware fuses, else twice.</summary>
internal static class ProductSum
{
    /// <summary>
    /// <c>destination[i] = x[i]·y[i] + z[i]</c>. An input of one element stands for all; the others are as long as the destination, and begin with it or
    /// are disjoint from it.
    /// </summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination) where T : unmanaged
    {
        if (destination.IsEmpty)
            return;
        Span<T> lanes = stackalloc T[3 * Widest.MaxCount];
        var loop = new Elementwise<Terms<T>, T>(
            new(
                in First(x, lanes[..Widest.MaxCount]),
                x.Length == 1 ? 0 : 1,
                in First(y, lanes.Slice(Widest.MaxCount, Widest.MaxCount)),
                y.Length == 1 ? 0 : 1,
                in First(z, lanes[(2 * Widest.MaxCount)..]),
                z.Length == 1 ? 0 : 1),
            ref MemoryMarshal.GetReference(destination),
            destination.Length);
        Widest.Run<Elementwise<Terms<T>, T>, T>(ref loop, destination.Length);
    }

    // One element becomes a lane of memory that is read again and again.
    private static ref readonly T First<T>(ReadOnlySpan<T> source, Span<T> lane) where T : unmanaged
    {
        if (source.Length != 1)
            return ref MemoryMarshal.GetReference(source);
        lane.Fill(source[0]);
        return ref MemoryMarshal.GetReference(lane);
    }

    private readonly ref struct Terms<T>(ref readonly T x, int xStep, ref readonly T y, int yStep, ref readonly T z, int zStep) : IOperands
    {
        private readonly int xStep = xStep;
        private readonly int yStep = yStep;
        private readonly int zStep = zStep;
        private readonly ref readonly T x = ref x;
        private readonly ref readonly T y = ref y;
        private readonly ref readonly T z = ref z;

        public bool IsShort => false;

        public bool IsLight => true;

        public bool Reads(ref readonly byte place) =>
            Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in x)), in place)
            || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in y)), in place)
            || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in z)), in place);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged => V.MultiplyAdd(
            Lane.Load<V, E, T>(in x, i * xStep), Lane.Load<V, E, T>(in y, i * yStep), Lane.Load<V, E, T>(in z, i * zStep));
    }
}
