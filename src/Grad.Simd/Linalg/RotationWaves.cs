using System.Numerics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Sweeps of plane rotations of the rows of a matrix, one sweep after the other from the top down, put off until there are many: then four sweeps pass over
/// the rows at once, each a row behind the one before it, so that a row is loaded and stored once for four rotations.
/// </summary>
/// <remarks>
/// Source: F. Van Zee, R. van de Geijn, G. Quintana-Ortí, Restructuring the Tridiagonal and Bidiagonal QR Algorithms for Performance (2014). The order of the
/// rotations of a row is that of the sweeps, so that nothing depends on how they are gathered.
/// </remarks>
internal sealed unsafe class RotationWaves<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The sweeps that pass at once.</summary>
    public const int Sweeps = 4;

    private const int MostWaves = 8;
    private readonly Matrix<T> _matrix;

    // The c and s of sweep k for row i are the (i + k)·4 + k-th pair of a wave, so that what is used at once lies side by side.
    private readonly T[] _rotations;
    private readonly (int First, int End)[] _ranges = new (int, int)[MostWaves];
    private int _wave;
    private int _sweep;

    public RotationWaves(Matrix<T> matrix)
    {
        _matrix = matrix;
        _rotations = GC.AllocateUninitializedArray<T>(checked(MostWaves * WaveLength));
    }

    private int WaveLength => 2 * Sweeps * (_matrix.Rows + Sweeps);

    /// <summary>Row first is rotated with the next, that with the one behind it, and so on.</summary>
    public void Add(int first, ReadOnlySpan<(T C, T S)> sweep)
    {
        if (sweep.Length == 0)
            return;
        int end = first + sweep.Length;
        if (_sweep > 0)
        {
            // What a wave leaves alone it passes over all the same.
            var (low, high) = _ranges[_wave];
            if (_sweep == Sweeps || Math.Max(high, end) - Math.Min(low, first) > 2 * Math.Max(high - low, sweep.Length))
                (_wave, _sweep) = (_wave + 1, 0);
        }

        if (_wave == MostWaves)
            Flush();
        var wave = _rotations.AsSpan(_wave * WaveLength, WaveLength);
        if (_sweep == 0)
        {
            for (int i = 0; i < wave.Length; i += 2)
                (wave[i], wave[i + 1]) = (T.One, T.Zero);
            _ranges[_wave] = (first, end);
        }

        _ranges[_wave] = (Math.Min(_ranges[_wave].First, first), Math.Max(_ranges[_wave].End, end));
        for (int i = 0; i < sweep.Length; i++)
            (wave[Place(first + i)], wave[Place(first + i) + 1]) = sweep[i];
        _sweep++;

        int Place(int row) => 2 * (((row + _sweep) * Sweeps) + _sweep);
    }

    /// <summary>Does what was put off.</summary>
    public void Flush()
    {
        int waves = _wave + (_sweep > 0 ? 1 : 0);
        if (waves > 0 && _matrix.Columns > 0)
        {
            fixed (T* rotations = _rotations)
            {
                var pieces = new Pieces(_matrix, rotations, WaveLength, _ranges, waves);
                Team.Run(pieces, pieces.Count, _matrix.Team.Degree, _matrix.Team.Token);
            }
        }

        (_wave, _sweep) = (0, 0);
    }

    /// <summary>The passes over some columns each.</summary>
    private readonly struct Pieces(Matrix<T> matrix, T* rotations, int waveLength, (int First, int End)[] ranges, int waves) : ITeamWork
    {
        private const int PieceColumns = 64;
        private readonly Parts _parts = Parts.AtMost((matrix.Columns + Widest.MaxCount - 1) / Widest.MaxCount, PieceColumns / Widest.MaxCount);

        public int Count => _parts.Count;

        public void Work(scoped ref TeamShare share)
        {
            while (share.TryTake(out int piece))
            {
                int first = _parts.Start(piece) * Widest.MaxCount, end = Math.Min(_parts.Start(piece + 1) * Widest.MaxCount, matrix.Columns);
                var loop = new Passes(matrix.Part(0, first, matrix.Rows, end - first), rotations, waveLength, ranges, waves);
                Widest.Run<Passes, T>(ref loop, end - first);
            }
        }
    }

    // All waves pass over a strip of columns, which stays in the second cache, before the next.
    private readonly struct Passes(Matrix<T> matrix, T* rotations, int waveLength, (int First, int End)[] ranges, int waves) : ILoop
    {
        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
        {
            int column = 0;
            for (; column <= matrix.Columns - (2 * V.Count); column += 2 * V.Count)
                Strip<V, E, Size.Two>(column);
            for (; column <= matrix.Columns - V.Count; column += V.Count)
                Strip<V, E, Size.One>(column);
            if (column == matrix.Columns)
                return;

            // What is left, one by one.
            if (typeof(E) == typeof(double))
            {
                for (; column < matrix.Columns; column++)
                    Strip<F64x1, double, Size.One>(column);
            }
            else
            {
                for (; column < matrix.Columns; column++)
                    Strip<F32x1, float, Size.One>(column);
            }
        }

        private void Strip<V, E, TLanes>(int column) where V : struct, IHardwareLane<V, E> where E : unmanaged where TLanes : unmanaged
        {
            for (int wave = 0; wave < waves; wave++)
            {
                var (first, end) = ranges[wave];
                Pass<V, E, TLanes>((E*)matrix.Start + column, matrix.Stride, (E*)rotations + ((nint)wave * waveLength), first, end);
            }
        }
    }

    // Rows first to end of one column or two of lanes. Where a sweep does nothing its rotations are c = 1, s = 0.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Pass<V, E, TLanes>(E* a, nint stride, E* rotations, nint first, nint end)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V zero = V.Constant(0), x0 = zero, x1 = zero, x2 = zero, x3 = V.Load(in a[first * stride]), y0 = zero, y1 = zero, y2 = zero, y3 = zero;
        if (sizeof(TLanes) == 2)
            y3 = V.Load(in a[(first * stride) + V.Count]);
        for (nint row = first; row < end + Sweeps - 1; row++)
        {
            E* r = rotations + (row * 2 * Sweeps);
            V x4 = zero, y4 = zero;
            if (row < end)
            {
                E* next = a + ((row + 1) * stride);
                x4 = V.Load(in next[0]);
                if (sizeof(TLanes) == 2)
                    y4 = V.Load(in next[V.Count]);
            }

            V c = V.Broadcast(r[0]), s = V.Broadcast(r[1]);
            Rotate(c, s, ref x3, ref x4);
            if (sizeof(TLanes) == 2)
                Rotate(c, s, ref y3, ref y4);
            (c, s) = (V.Broadcast(r[2]), V.Broadcast(r[3]));
            Rotate(c, s, ref x2, ref x3);
            if (sizeof(TLanes) == 2)
                Rotate(c, s, ref y2, ref y3);
            (c, s) = (V.Broadcast(r[4]), V.Broadcast(r[5]));
            Rotate(c, s, ref x1, ref x2);
            if (sizeof(TLanes) == 2)
                Rotate(c, s, ref y1, ref y2);
            (c, s) = (V.Broadcast(r[6]), V.Broadcast(r[7]));
            Rotate(c, s, ref x0, ref x1);
            if (sizeof(TLanes) == 2)
                Rotate(c, s, ref y0, ref y1);
            if (row >= first + Sweeps - 1)
            {
                E* done = a + ((row - Sweeps + 1) * stride);
                V.Store(x0, ref done[0]);
                if (sizeof(TLanes) == 2)
                    V.Store(y0, ref done[V.Count]);
            }

            (x0, x1, x2, x3) = (x1, x2, x3, x4);
            (y0, y1, y2, y3) = (y1, y2, y3, y4);
        }

        V.Store(x0, ref a[end * stride]);
        if (sizeof(TLanes) == 2)
            V.Store(y0, ref a[(end * stride) + V.Count]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Rotate(V c, V s, ref V x, ref V y)
        {
            V turned = V.MultiplyAdd(s, y, c * x);
            y = V.MultiplyAdd(c, y, -(s * x));
            x = turned;
        }
    }
}
