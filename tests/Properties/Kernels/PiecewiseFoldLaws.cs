using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>A fold that comes in pieces, or in parts that are joined, has the bits of the fold at one go.</summary>
[Trait("Category", "Leg")]
public unsafe class PiecewiseFoldLaws
{
    // Every small length, and the edges of granules and blocks at every width.
    private static readonly int[] s_axes =
        [.. Enumerable.Range(1, 36), 63, 64, 65, 100, 127, 128, 129, 1000, 1023, 1024, 1025, 2047, 2048, 2049, 3000, 5000, 8192, 8193, 20_000];

    private delegate void Direct<T>(ReadOnlySpan<T> x, int outer, int axis, int inner, Span<T> destination) where T : unmanaged;

    [Fact]
    public void Sums_of_doubles() => Check<double>(Fold.SumPieces<double>, (x, o, a, i, d) => Fold.SumAxis(x, o, a, i, d));

    [Fact]
    public void Sums_of_floats() => Check<float>(Fold.SumPieces<float>, (x, o, a, i, d) => Fold.SumAxis(x, o, a, i, d));

    [Fact]
    public void Greatest() => Check<double>(Fold.MaxPieces<double>, (x, o, a, i, d) => Fold.MaxAxis(x, o, a, i, d));

    [Fact]
    public void Least() => Check<float>(Fold.MinPieces<float>, (x, o, a, i, d) => Fold.MinAxis(x, o, a, i, d));

    [Fact]
    public void Whether_any_holds()
    {
        var random = new Random(5);
        foreach (int axis in s_axes)
        {
            var fold = new RowAnyPieces(axis);
            var x = Enumerable.Range(0, 3 * axis).Select(_ => random.Next(axis) == 0 ? (byte)1 : (byte)0).ToArray();
            var expected = Enumerable.Range(0, 3).Select(row => x.AsSpan(row * axis, axis).Contains((byte)1) ? (byte)1 : (byte)0).ToArray();
            Assert.Equal(expected, Run<byte>(fold, x, 3, Pieces(x.Length, axis, random)));
            Assert.Equal(expected, Run<byte>(fold, x, 3, [.. Pieces(x.Length, axis, random)], Parts(fold, 3, random)));
        }
    }

    private static void Check<T>(Func<int, int, PiecewiseFold?> make, Direct<T> direct) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(4);
        foreach (int axis in s_axes)
        {
            int rows = axis < 3000 ? 3 : 2;
            var fold = make(axis, 1)!;
            var x = Enumerable.Range(0, rows * axis).Select(_ => T.CreateChecked((random.NextDouble() - 0.45) * Math.ScaleB(1, random.Next(-20, 20)))).ToArray();
            var expected = new T[rows];
            direct(x, rows, axis, 1, expected);
            for (int times = 0; times < 4; times++)
            {
                Same(expected, Run<T>(fold, x, rows, Pieces(x.Length, axis, random)), axis);
                Same(expected, Run<T>(fold, x, rows, Pieces(x.Length, axis, random), Parts(fold, rows, random)), axis);
            }

            Same(expected, Run<T>(fold, x, rows, Even(x.Length, 64)), axis);
            Same(expected, Run<T>(fold, x, rows, Even(x.Length, 1024)), axis);
        }
    }

    private static void Same<T>(T[] expected, T[] actual, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < expected.Length; row++)
            Assert.True(Bits.Same(expected[row], actual[row]), $"Row {row} of {axis}: {actual[row]}, at one go {expected[row]}.");
    }

    // Where pieces end: at random, mostly in steps of one size.
    private static SortedSet<int> Pieces(int length, int axis, Random random)
    {
        var ends = new SortedSet<int> { length };
        int step = random.Next(1, 2 + random.Next(2) * axis + 70);
        for (int at = 0; at < length;)
            ends.Add(at = Math.Min(length, at + (random.Next(4) == 0 ? random.Next(1, step + 1) : step)));
        return ends;
    }

    private static SortedSet<int> Even(int length, int step) => [.. Enumerable.Range(1, length / step).Select(k => k * step), length];

    // Where parts begin: at rows, or inside a row such that the part is within 2ᵏ blocks of a multiple of 2ᵏ blocks.
    private static SortedSet<int> Parts(PiecewiseFold fold, int rows, Random random)
    {
        var starts = new SortedSet<int> { 0 };
        for (int row = 0; row < rows; row++)
        {
            if (random.Next(2) == 0)
                continue;
            int grain = fold.Block << random.Next(4);
            for (int at = 0; at < fold.Slab; at += grain)
                starts.Add(row * fold.Slab + at);
            starts.Add((row + 1) * fold.Slab);
        }

        starts.Remove(rows * fold.Slab);
        return starts;
    }

    private static T[] Run<T>(PiecewiseFold fold, T[] x, int rows, SortedSet<int> ends, SortedSet<int>? parts = null) where T : unmanaged
    {
        parts ??= [0];
        ends.UnionWith(parts);
        ends.Remove(0);
        var results = GC.AllocateArray<T>(rows, pinned: true);
        var written = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(results));

        // Numbers go through memory of their own, as tiles do, with garbage before them.
        byte* room = (byte*)NativeMemory.AlignedAlloc((nuint)(x.Length * sizeof(T) + 128), 64);
        byte* states = (byte*)NativeMemory.AlignedAlloc((nuint)(2 * (fold.StateBytes + 64)), 64);
        byte* other = states + (fold.StateBytes + 63) / 64 * 64;
        new Span<byte>(room, 64).Fill(0xFF);
        try
        {
            fold.Start(states, 0);
            int start = 0, part = 0;
            byte* state = states;
            foreach (int end in ends)
            {
                if (start > 0 && parts.Contains(start))
                {
                    if (state == other)
                        fold.Merge(states, other, part, written);
                    state = other;
                    part = start;
                    fold.Start(other, start);
                }

                x.AsSpan(start, end - start).CopyTo(new Span<T>(room + 64, end - start));
                fold.Add(state, start, room + 64, end - start, written);
                start = end;
            }

            if (state == other)
                fold.Merge(states, other, part, written);
            return results;
        }
        finally
        {
            NativeMemory.AlignedFree(room);
            NativeMemory.AlignedFree(states);
        }
    }
}
