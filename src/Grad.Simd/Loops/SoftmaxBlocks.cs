using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Grad.Simd;

/// <summary>
/// What is known of the blocks of an axis, lane by lane: the greatest number, how often it occurs, and the sum of the others' exponentials relative to
/// it. And the passes over a block, which is a column of lanes at any distance from each other.
/// </summary>
/// <param name="room">Room for <see cref="Size"/> elements a block.</param>
/// <param name="count">The number of blocks.</param>
internal readonly unsafe struct SoftmaxBlocks<V, E>(E* room, int count)
    where V : struct, IHardwareLane<V, E>
    where E : unmanaged
{
    // Lanes whose terms are added one by one. The sums of so many are added pairwise, like the digits of a binary counter.
    private const int Run = 16;
    private const int Levels = 28;

    /// <summary>The elements that a block takes.</summary>
    public static int Size => 3 * V.Count;

    /// <summary>Notes what a block gave.</summary>
    public void Set(int block, V top, V others, V tops)
    {
        E* place = room + block * Size;
        V.Store(top, ref *place);
        V.Store(others, ref place[V.Count]);
        V.Store(tops, ref place[2 * V.Count]);
    }

    /// <summary>The greatest of all blocks, and the sum of the exponentials of all other numbers relative to it.</summary>
    public V Join(out V rest)
    {
        var greatest = V.Load(in *room);
        for (int b = 1; b < count; b++)
            greatest = Larger(greatest, V.Load(in room[b * Size]));
        V others = V.Constant(0), tops = others;
        for (int b = 0; b < count; b++)
        {
            E* place = room + b * Size;
            V top = V.Load(in *place), own = V.Load(in place[V.Count]), hits = V.Load(in place[2 * V.Count]);
            if (count == 1)
            {
                (others, tops) = (own, hits);
                break;
            }

            var isGreatest = V.Equal(top, greatest);
            others += V.Select(isGreatest, own, (hits + own) * V.Exp(top - greatest));
            tops += V.Select(isGreatest, hits, V.Constant(0));
        }

        rest = others + (tops - 1);
        return greatest;
    }

    /// <summary>The factor that makes exponentials relative to a block's greatest relative to the greatest of all.</summary>
    public V Share(int block, V greatest)
    {
        if (count == 1)
            return V.Constant(1);
        var top = V.Load(in room[block * Size]);
        return V.Select(V.Equal(top, greatest), V.Constant(1), V.Exp(top - greatest));
    }

    /// <summary>The sum of all exponentials relative to the greatest; NaN if that is infinite.</summary>
    public static V Total(V greatest, V rest) => 1 + rest + (greatest - greatest);

    /// <summary>The larger of two; whatever it is if one is NaN, the exponential of NaN makes up for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Larger(V x, V y) => V.Select(V.LessThan(x, y), y, x);

    /// <summary>The greatest in each place of at least one lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Greatest(E* x, nint step, nint lanes)
    {
        V a = Unsafe.ReadUnaligned<V>(x), b = a, c = a, d = a;
        for (; lanes >= 4; lanes -= 4, x += 4 * step)
        {
            a = Larger(a, Unsafe.ReadUnaligned<V>(x));
            b = Larger(b, Unsafe.ReadUnaligned<V>(x + step));
            c = Larger(c, Unsafe.ReadUnaligned<V>(x + 2 * step));
            d = Larger(d, Unsafe.ReadUnaligned<V>(x + 3 * step));
        }

        for (; lanes > 0; lanes--, x += step)
            a = Larger(a, Unsafe.ReadUnaligned<V>(x));
        return Larger(Larger(a, b), Larger(c, d));
    }

    /// <summary>The greatest in a lane.</summary>
    [SkipLocalsInit]
    public static E Greatest(V x)
    {
        E* elements = stackalloc E[Widest.MaxCount];
        V.Store(x, ref *elements);
        if (V.Count * sizeof(E) < 2 * sizeof(Vector128<E>))
        {
            for (int i = 1; i < V.Count; i++)
                *elements = V.First(Larger(V.Broadcast(*elements), V.Broadcast(elements[i])));
            return *elements;
        }

        var greatest = Vector128.Load(elements);
        for (int i = Vector128<E>.Count; i < V.Count; i += Vector128<E>.Count)
            greatest = Vector128.MaxNative(greatest, Vector128.Load(elements + i));
        E first = greatest[0];
        for (int i = 1; i < Vector128<E>.Count; i++)
            first = V.First(Larger(V.Broadcast(first), V.Broadcast(greatest[i])));
        return first;
    }

    /// <summary>The sum of the exponentials relative to the top, without those of numbers equal to it, which are counted.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="step">From a lane to the next, in x and in the terms.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="top">The greatest of them.</param>
    /// <param name="terms">Where the exponentials go, those of the top too; null if nowhere.</param>
    /// <param name="tops">How many are equal to the top, added to what it was.</param>
    [SkipLocalsInit]
    public static V Others(E* x, nint step, nint lanes, V top, E* terms, ref V tops)
    {
        nint end = lanes / Run;
        if (end == 0)
            return Terms(x, step, lanes, top, terms, ref tops);

        // pending[k] is the sum of 2^k runs whenever bit k of the number of runs done is set.
        E* pending = stackalloc E[Levels * V.Count];
        for (nint done = 0; done < end; done++, x += Run * step)
        {
            var sum = Terms(x, step, Run, top, terms, ref tops);
            terms += terms is null ? 0 : Run * step;
            int level = 0;
            for (; (done >> level & 1) != 0; level++)
                sum = V.Load(in pending[level * V.Count]) + sum;
            V.Store(sum, ref pending[level * V.Count]);
        }

        var total = Terms(x, step, lanes % Run, top, terms, ref tops);
        for (int level = 0; end >> level != 0; level++)
        {
            if ((end >> level & 1) != 0)
                total = V.Load(in pending[level * V.Count]) + total;
        }

        return total;
    }

    /// <summary>Adds a last lane, whose first elements are done already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Flush(E* x, nint skip, V top, E* terms, ref V others, ref V tops)
    {
        var mask = FlushLane.Mask<V, E>(skip);
        V hits = V.Constant(0), term = Terms(x, V.Count, 1, top, terms, ref hits);
        others += V.Select(mask, term, V.Constant(0));
        tops += V.Select(mask, hits, V.Constant(0));
    }

    /// <summary>Multiplies lanes in their place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(E* terms, nint step, nint lanes, V factor)
    {
        for (; lanes > 0; lanes--, terms += step)
            V.Store(Unsafe.ReadUnaligned<V>(terms) * factor, ref *terms);
    }

    /// <summary>Multiplies a row of at least a lane in its place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ScaleRow(E* terms, nint length, V factor)
    {
        // The last lane ends flush with the row, and is made before what it shares with the others is overwritten.
        E* last = terms + length - V.Count;
        V end = Unsafe.ReadUnaligned<V>(last) * factor;
        for (; terms <= last; terms += V.Count)
            V.Store(Unsafe.ReadUnaligned<V>(terms) * factor, ref *terms);
        V.Store(end, ref *last);
    }

    /// <summary>The logarithms of the weights.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Logs(E* x, nint step, nint lanes, V greatest, V rest, E* logs)
    {
        var log = V.LogP1(rest);
        for (; lanes > 0; lanes--, x += step, logs += step)
            V.Store(Unsafe.ReadUnaligned<V>(x) - greatest - log, ref *logs);
    }

    private static V Terms(E* x, nint step, nint lanes, V top, E* terms, ref V tops) =>
        terms is null
            ? Terms<Size.One>(x, step, lanes, top, x, ref tops)
            : Terms<Size.Two>(x, step, lanes, top, terms, ref tops);

    // They are stored where TStored has two bytes.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Terms<TStored>(E* x, nint step, nint lanes, V top, E* terms, ref V tops) where TStored : unmanaged
    {
        // The exponentials of a block of nothing but −∞ are zeros.
        V zero = V.Constant(0), one = V.Constant(1), sum = zero, hits = tops;
        V shift = V.Select(V.Equal(top, V.Constant(double.NegativeInfinity)), zero, top);
        for (; lanes > 0; lanes--, x += step, terms += step)
        {
            V value = Unsafe.ReadUnaligned<V>(x), term = V.Exp(value - shift), isTop = V.Equal(value, top);
            if (sizeof(TStored) == 2)
                V.Store(term, ref *terms);
            sum += V.Select(isTop, zero, term);
            hits += V.Select(isTop, one, zero);
        }

        tops = hits;
        return sum;
    }
}
