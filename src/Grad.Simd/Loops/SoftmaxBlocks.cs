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

    /// <summary>The most lanes whose exponentials are added one by one.</summary>
    public const int MaxFew = Run;

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

    /// <summary>The greatest of all blocks, and what was noted of them relative to it.</summary>
    public V Join(out V sum, out V tops)
    {
        var greatest = V.Load(in *room);
        (sum, tops) = (V.Load(in room[V.Count]), V.Load(in room[2 * V.Count]));
        if (count == 1)
            return greatest;
        for (int b = 1; b < count; b++)
            greatest = Larger(greatest, V.Load(in room[b * Size]));
        (sum, tops) = (V.Constant(0), V.Constant(0));
        for (int b = 0; b < count; b++)
        {
            E* place = room + b * Size;
            V top = V.Load(in *place), own = V.Load(in place[V.Count]), hits = V.Load(in place[2 * V.Count]);
            var isGreatest = V.Equal(top, greatest);
            sum += V.Select(isGreatest, own, (hits + own) * V.Exp(top - greatest));
            tops += V.Select(isGreatest, hits, V.Constant(0));
        }

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

    /// <summary>One by a sum of exponentials relative to the greatest; NaN if that is infinite.</summary>
    public static V Inverse(V greatest, V sum) => 1 / (sum + (greatest - greatest));

    /// <summary>The larger of two; whatever it is if one is NaN, the exponential of NaN makes up for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Larger(V x, V y) => V.Select(V.LessThan(x, y), y, x);

    /// <summary>The greatest in each place of at least one lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Greatest(E* x, nint step, nint lanes) => Top(x, step, lanes);

    /// <summary>What is known of a row that is one block of at most <see cref="MaxFew"/> lanes, in each place: as of any block, in one method.</summary>
    /// <inheritdoc cref="Sum(E*, nint, nint, E*, nint, V, E*, bool, out V)"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V FewOfRow<TStored>(E* x, nint lanes, E* end, nint skip, E* results, out V sum, out V tops) where TStored : unmanaged
    {
        var top = Top(x, V.Count, lanes);
        top = V.Broadcast(Greatest(end is null ? top : Larger(top, Unsafe.ReadUnaligned<V>(end))));
        V hits = V.Constant(0);
        var others = Exponentials<TStored>(x, V.Count, lanes, end, skip, top, results, ref hits);
        (sum, tops) = (V.Broadcast(V.Sum(others)), sizeof(TStored) == 2 ? hits : V.Broadcast(V.Sum(hits)));
        return top;
    }

    /// <summary>What is wanted of a column that is one block of at most <see cref="MaxFew"/> lanes.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="step">From a lane to the next, in x and in the results.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="results">Where results will stand: as many lanes, or one.</param>
    /// <param name="result">What is wanted.</param>
    public static void Few(E* x, nint step, nint lanes, E* results, SoftmaxResult result)
    {
        switch (result)
        {
            case SoftmaxResult.LogOfSum:
                LogOfSum(x, step, lanes, results);
                break;
            case SoftmaxResult.Logs:
                Logs(x, step, lanes, results);
                break;
            default:
                Weights(x, step, lanes, results);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LogOfSum(E* x, nint step, nint lanes, E* result)
    {
        V top = Top(x, step, lanes), hits = V.Constant(0);
        var sum = Exponentials<Size.One>(x, step, lanes, null, 0, top, x, ref hits);
        V.Store(top + V.LogP1(sum + (hits - 1)), ref *result);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Logs(E* x, nint step, nint lanes, E* results)
    {
        V top = Top(x, step, lanes), hits = V.Constant(0);
        var sum = Exponentials<Size.One>(x, step, lanes, null, 0, top, x, ref hits);
        V log = V.LogP1(sum + (hits - 1));
        for (; lanes > 0; lanes--, x += step, results += step)
            V.Store(Unsafe.ReadUnaligned<V>(x) - top - log, ref *results);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Weights(E* x, nint step, nint lanes, E* results)
    {
        V top = Top(x, step, lanes), hits = V.Constant(0);
        var factor = Inverse(top, Exponentials<Size.Two>(x, step, lanes, null, 0, top, results, ref hits));
        for (; lanes > 0; lanes--, results += step)
            V.Store(Unsafe.ReadUnaligned<V>(results) * factor, ref *results);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Top(E* x, nint step, nint lanes)
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
    public static E Greatest(V x)
    {
        Vector256<E> half;
        Vector128<E> quarter;
        if (Unsafe.SizeOf<V>() == sizeof(Vector512<E>))
        {
            var all = Unsafe.BitCast<V, Vector512<E>>(x);
            half = Vector256.MaxNative(all.GetLower(), all.GetUpper());
            quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        }
        else if (Unsafe.SizeOf<V>() == sizeof(Vector256<E>))
        {
            half = Unsafe.BitCast<V, Vector256<E>>(x);
            quarter = Vector128.MaxNative(half.GetLower(), half.GetUpper());
        }
        else if (Unsafe.SizeOf<V>() == sizeof(Vector128<E>))
        {
            quarter = Unsafe.BitCast<V, Vector128<E>>(x);
        }
        else
        {
            return V.First(x);
        }

        // By halves again; of floats twice.
        var words = quarter.AsInt64();
        quarter = Vector128.MaxNative(quarter, Vector128.Shuffle(words, Vector128.Create(1L, 0L)).As<long, E>());
        if (sizeof(E) == sizeof(float))
            quarter = Vector128.MaxNative(quarter, Vector128.Shuffle(quarter.AsInt32(), Vector128.Create(1, 0, 3, 2)).As<int, E>());
        return quarter.ToScalar();
    }

    /// <summary>
    /// The sum of the exponentials relative to the top. If they are to be stored, it is that of all; else of those that are not of numbers equal to the
    /// top, which are counted.
    /// </summary>
    /// <param name="x">The numbers.</param>
    /// <param name="step">From a lane to the next, in x and in the results.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="end">A last lane, which begins with elements of the lanes before it; null if there is none.</param>
    /// <param name="skip">How many of its elements are theirs.</param>
    /// <param name="top">The greatest of them.</param>
    /// <param name="results">Where results will stand.</param>
    /// <param name="stores">Whether the exponentials are stored there.</param>
    /// <param name="tops">How many are equal to the top.</param>
    [SkipLocalsInit]
    public static V Sum(E* x, nint step, nint lanes, E* end, nint skip, V top, E* results, bool stores, out V tops)
    {
        tops = V.Constant(0);
        Terms terms = new() { X = x, Step = step, Results = results, End = null, Skip = skip };
        nint runs = Math.Max(lanes - 1, 0) / Run;

        // pending[k] is the sum of 2^k runs whenever bit k of the number of runs done is set.
        E* pending = stackalloc E[Levels * V.Count];
        terms.Lanes = Run;
        for (nint done = 0; done < runs; done++)
        {
            var sum = Add(in terms, top, stores, ref tops);
            terms.X += Run * step;
            terms.Results += Run * step;
            int level = 0;
            for (; (done >> level & 1) != 0; level++)
                sum = V.Load(in pending[level * V.Count]) + sum;
            V.Store(sum, ref pending[level * V.Count]);
        }

        terms.Lanes = lanes - runs * Run;
        terms.End = end;
        var total = Add(in terms, top, stores, ref tops);
        for (int level = 0; runs >> level != 0; level++)
        {
            if ((runs >> level & 1) != 0)
                total = V.Load(in pending[level * V.Count]) + total;
        }

        return total;
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

    /// <summary>Takes two numbers off lanes, one after the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(E* x, nint step, nint lanes, V first, V second, E* results)
    {
        for (; lanes > 0; lanes--, x += step, results += step)
            V.Store(Unsafe.ReadUnaligned<V>(x) - first - second, ref *results);
    }

    /// <summary>The same of a row of at least a lane; results are elsewhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SubtractRow(E* x, nint length, V first, V second, E* results)
    {
        for (nint at = 0, last = length - V.Count; at < length; at += V.Count)
        {
            at = Math.Min(at, last);
            V.Store(Unsafe.ReadUnaligned<V>(x + at) - first - second, ref results[at]);
        }
    }

    private struct Terms
    {
        public E* X;
        public nint Step;
        public nint Lanes;
        public E* Results;
        public E* End;
        public nint Skip;
    }

    private static V Add(in Terms terms, V top, bool stores, ref V tops) =>
        stores ? Add<Size.Two>(in terms, top, ref tops) : Add<Size.One>(in terms, top, ref tops);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Add<TStored>(in Terms terms, V top, ref V tops) where TStored : unmanaged =>
        Exponentials<TStored>(terms.X, terms.Step, terms.Lanes, terms.End, terms.Skip, top, terms.Results, ref tops);

    // They are stored where TStored has two bytes. Elsewhere memory is asked for the lines of the results: when these come, nothing else would keep the
    // processor busy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponentials<TStored>(E* x, nint step, nint lanes, E* end, nint skip, V top, E* results, ref V tops) where TStored : unmanaged
    {
        // The exponentials of a block of nothing but −∞ are zeros.
        V zero = V.Constant(0), one = V.Constant(1), sum = zero, hits = tops;
        V shift = V.Select(V.Equal(top, V.Constant(double.NegativeInfinity)), zero, top);
        for (; lanes > 0; lanes--, x += step, results += step)
        {
            V value = Unsafe.ReadUnaligned<V>(x), term = V.Exp(value - shift);
            if (sizeof(TStored) == 2)
            {
                V.Store(term, ref *results);
                sum += term;
            }
            else
            {
                Prefetch.ToFirst(results);
                var isTop = V.Equal(value, top);
                sum += V.Select(isTop, zero, term);
                hits += V.Select(isTop, one, zero);
            }
        }

        if (end is not null)
        {
            var mask = FlushLane.Mask<V, E>(skip);
            V value = Unsafe.ReadUnaligned<V>(end), term = V.Exp(value - shift);
            if (sizeof(TStored) == 2)
            {
                V.Store(term, ref results[end - x]);
                sum += V.Select(mask, term, zero);
            }
            else
            {
                var isTop = V.And(mask, V.Equal(value, top));
                sum += V.Select(isTop, zero, V.Select(mask, term, zero));
                hits += V.Select(isTop, one, zero);
            }
        }

        tops = hits;
        return sum;
    }
}
