using Grad.Simd;
using Properties.Support;
using Xunit;

namespace Properties.Kernels;

/// <summary>Columns taken out of rows and put together to rows: every width, count and choice of columns, with nothing else read or written.</summary>
[Trait("Category", "Leg")]
public unsafe class ColumnLaws
{
    private const int MaxWidth = 13;

    [Fact]
    public void Doubles() => Check<double>();

    [Fact]
    public void Floats() => Check<float>();

    [Fact]
    public void Truth_values() => Check<byte>();

    private static void Check<T>() where T : unmanaged
    {
        var random = new Random(5);
        for (int width = 1; width <= MaxWidth; width++)
        {
            foreach (int count in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64, 67])
            {
                Split<T>(width, count, random, isReversed: false);
                Split<T>(width, count, random, isReversed: true);
                Join<T>(width, count, random);
            }
        }
    }

    private static void Split<T>(int width, int count, Random random, bool isReversed) where T : unmanaged
    {
        // Columns of more than one matrix, which stand one behind the other; the memory ends with the last.
        int[] places = [.. Enumerable.Range(0, 2 * width).Select(k => k % width + (k / width * count * width)).Where(_ => random.Next(3) > 0)];
        if (isReversed)
            Array.Reverse(places);
        using var memory = new GuardedMemory<T>(2 * count * width);
        var x = memory.Right(2 * count * width);
        Fill(x, random);
        var columns = new T[places.Length][];
        var pins = new System.Runtime.InteropServices.GCHandle[places.Length];
        for (int k = 0; k < places.Length; k++)
        {
            columns[k] = new T[count + 1];
            pins[k] = System.Runtime.InteropServices.GCHandle.Alloc(columns[k], System.Runtime.InteropServices.GCHandleType.Pinned);
        }

        fixed (T* start = x)
        {
            var targets = Array.ConvertAll(pins, pin => pin.AddrOfPinnedObject());
            Columns.Split((byte*)start, width, count, x.Length, places, targets, sizeof(T));
        }

        for (int k = 0; k < places.Length; k++)
        {
            for (int n = 0; n < count; n++)
                Assert.Equal(x[places[k] + n * width], columns[k][n]);
            Assert.Equal(default, columns[k][count]);
            pins[k].Free();
        }
    }

    private static void Join<T>(int width, int count, Random random) where T : unmanaged
    {
        using var source = new GuardedMemory<T>(width * count);
        var columns = source.Right(width * count);
        Fill(columns, random);
        using var target = new GuardedMemory<T>(width * count);
        var x = target.Right(width * count);
        fixed (T* from = columns, to = x)
        {
            var places = new nint[width];
            for (int k = 0; k < width; k++)
                places[k] = (nint)(from + k * count);
            Columns.Join(places, count, (byte*)to, sizeof(T));
        }

        for (int n = 0; n < count; n++)
        {
            for (int k = 0; k < width; k++)
                Assert.Equal(columns[k * count + n], x[n * width + k]);
        }
    }

    private static void Fill<T>(Span<T> x, Random random) where T : unmanaged =>
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(x));
}
