using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Sums of rows that lie side by side or over one another in an array of zeros: each element is 0 and then the elements of the rows that reach it, in the order of the rows.
/// It is written once, however many rows there are.
/// </summary>
internal sealed unsafe class PlacedRows
{
    // With so many rows their ends cut the array into hardly more pieces than it is worth.
    private const int MostRows = 32;

    private readonly (int Start, int Length)[] _rows;
    private readonly (int Start, int End, int[] Rows)[] _pieces;

    private PlacedRows((int Start, int Length)[] rows, (int Start, int End, int[] Rows)[] pieces) => (_rows, _pieces) = (rows, pieces);

    /// <summary>Where rows lie in an array of some length; null if there are too many for this.</summary>
    public static PlacedRows? Of((int Start, int Length)[] rows, int length)
    {
        if (rows.Length > MostRows)
            return null;
        SortedSet<int> cuts = [0, length];
        foreach (var (start, count) in rows)
        {
            cuts.Add(start);
            cuts.Add(start + count);
        }

        var ends = cuts.ToArray();
        var pieces = new (int, int, int[])[ends.Length - 1];
        for (int i = 0; i < pieces.Length; i++)
        {
            int first = ends[i];
            int[] reaching = [.. Enumerable.Range(0, rows.Length).Where(k => rows[k].Start <= first && first < rows[k].Start + rows[k].Length)];
            pieces[i] = (first, ends[i + 1], reaching);
        }

        return new PlacedRows(rows, pieces);
    }

    /// <summary>Writes the sums.</summary>
    /// <param name="addresses">The rows' first elements.</param>
    /// <param name="destination">As long as the array; shares no memory with a row.</param>
    /// <exception cref="NotSupportedException">T is neither double nor float.</exception>
    public void Sum<T>(ReadOnlySpan<nint> addresses, Span<T> destination) where T : unmanaged
    {
        nint* terms = stackalloc nint[MostRows];
        fixed (T* start = destination)
        {
            foreach (var (first, end, rows) in _pieces)
            {
                for (int k = 0; k < rows.Length; k++)
                    terms[k] = addresses[rows[k]] + ((nint)(first - _rows[rows[k]].Start) * sizeof(T));
                var loop = new Piece(terms, rows.Length, (nint)(start + first), end - first);
                Widest.Run<Piece, T>(ref loop, end - first);
            }
        }
    }

    private readonly struct Piece(nint* terms, int count, nint destination, int length) : ILoop
    {
        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged => Add<V, E>((E**)terms, count, (E*)destination, length);

        // Eight lanes at a time, then single ones, of which the last ends flush.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Add<V, E>(E** terms, int count, E* destination, nint length) where V : struct, IHardwareLane<V, E> where E : unmanaged
        {
            nint i = 0;
            for (; i <= length - (8 * V.Count); i += 8 * V.Count)
            {
                V s0 = V.Constant(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
                for (int k = 0; k < count; k++)
                {
                    E* x = terms[k] + i;
                    s0 += Unsafe.ReadUnaligned<V>(x);
                    s1 += Unsafe.ReadUnaligned<V>(x + V.Count);
                    s2 += Unsafe.ReadUnaligned<V>(x + (2 * V.Count));
                    s3 += Unsafe.ReadUnaligned<V>(x + (3 * V.Count));
                    s4 += Unsafe.ReadUnaligned<V>(x + (4 * V.Count));
                    s5 += Unsafe.ReadUnaligned<V>(x + (5 * V.Count));
                    s6 += Unsafe.ReadUnaligned<V>(x + (6 * V.Count));
                    s7 += Unsafe.ReadUnaligned<V>(x + (7 * V.Count));
                }

                E* to = destination + i;
                V.Store(s0, ref to[0]);
                V.Store(s1, ref to[V.Count]);
                V.Store(s2, ref to[2 * V.Count]);
                V.Store(s3, ref to[3 * V.Count]);
                V.Store(s4, ref to[4 * V.Count]);
                V.Store(s5, ref to[5 * V.Count]);
                V.Store(s6, ref to[6 * V.Count]);
                V.Store(s7, ref to[7 * V.Count]);
            }

            for (; i < length; i += V.Count)
            {
                nint at = Math.Min(i, length - V.Count);
                V sum = V.Constant(0);
                for (int k = 0; k < count; k++)
                    sum += V.Load(in terms[k][at]);
                V.Store(sum, ref destination[at]);
            }
        }
    }
}
