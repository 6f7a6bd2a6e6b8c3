using System.Numerics;
using System.Runtime.InteropServices;
using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Sums of rows in an array of zeros are those of a loop that adds row after row, to the bit, wherever they lie.</summary>
public sealed class PlacedRowsLaws
{
    [Fact]
    public void Rows_are_added_in_their_order()
    {
        var random = new Random(4);
        foreach (int length in (int[])[1, 2, 7, 8, 15, 16, 17, 63, 64, 65, 130, 257, 1_000])
        {
            for (int count = 0; count <= 9; count++)
            {
                var rows = Enumerable.Range(0, count).Select(_ => random.Next(length) is var start ? (start, 1 + random.Next(length - start)) : default).ToArray();
                Check(rows, length, () => random.Next(5) == 0 ? -0.0 : random.NextDouble() - 0.5);
                Check(rows, length, () => random.Next(5) == 0 ? -0f : random.NextSingle() - 0.5f);
            }
        }

        Assert.Null(PlacedRows.Of([.. Enumerable.Repeat((0, 1), 100)], 1));
    }

    private static unsafe void Check<T>((int Start, int Length)[] rows, int length, Func<T> draw) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = rows.Select(row => Enumerable.Range(0, row.Length).Select(_ => draw()).ToArray()).ToArray();
        T[] expected = new T[length], actual = [.. Enumerable.Repeat(T.NaN, length)];
        for (int k = 0; k < rows.Length; k++)
        {
            for (int i = 0; i < rows[k].Length; i++)
                expected[rows[k].Start + i] += values[k][i];
        }

        var pins = Array.ConvertAll(values, row => GCHandle.Alloc(row, GCHandleType.Pinned));
        try
        {
            PlacedRows.Of(rows, length)!.Sum(Array.ConvertAll(pins, pin => pin.AddrOfPinnedObject()), actual.AsSpan());
        }
        finally
        {
            Array.ForEach(pins, pin => pin.Free());
        }

        Assert.Equal(expected.Select(Bits.Of), actual.Select(Bits.Of));
    }
}
