using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Products of so few columns that a lane goes over rows: of A's columns, which are turned if they are not contiguous, some rows at a time. It is the
/// transposed product, Bᵀ·Aᵀ, with the same sums.
/// </summary>
internal readonly unsafe ref struct NarrowProducts<T> : ILoop where T : unmanaged
{
    /// <summary>The most columns.</summary>
    public const int MostColumns = 3;

    // A lane of a whole block of the sum, and as many rows of C at a time.
    private const int ABytes = 1 << 15, MostRows = 256;

    // Fewer elements of A are multiplied sooner one by one.
    private const int LeastElements = 128;

    private readonly ref readonly Product<T> _product;

    public NarrowProducts(ref readonly Product<T> product) => _product = ref product;

    /// <summary>Whether a product has too few columns for a lane, and enough else.</summary>
    public static bool Fit(in Product<T> product) =>
        product.Columns < 16 / sizeof(T) && product.Rows >= 16 / sizeof(T) && (long)product.Rows * product.Depth >= LeastElements;

    [SkipLocalsInit]
    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        byte* room = stackalloc byte[ABytes + GemmLoop<E>.LineBytes];
        E* turned = (E*)(((nint)room + GemmLoop<E>.LineBytes - 1) & -GemmLoop<E>.LineBytes);
        E* sums = stackalloc E[MostColumns * MostRows];
        var part = Unsafe.As<Product<T>, Product<E>>(ref Unsafe.AsRef(in _product));
        var blocks = Parts.AtMost(part.Depth, GemmLoop<E>.DepthBlock);
        for (int block = 0; block < blocks.Count; block++)
        {
            part.Depth = blocks.Start(block + 1) - blocks.Start(block);
            Multiply<V, E>(in part, turned, sums);
            part.A += part.Depth * part.AColumn;
            part.B += part.Depth * part.BRow;
            part.Beta = V.First(V.Constant(1));
        }
    }

    private static void Multiply<V, E>(in Product<E> product, E* turned, E* sums) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        bool turns = product.ARow != 1, overwrites = Scalar.ToDouble(product.Beta) == 0;
        int most = turns ? Math.Clamp(ABytes / (product.Depth * sizeof(E)), V.Count, MostRows) : MostRows;
        int count = Math.Max(Parts.AtMost(product.Rows, most).Longest, V.Count);
        Product<E> transposed = new()
        {
            Rows = product.Columns,
            Columns = count,
            Depth = product.Depth,
            A = product.B,
            ARow = product.BColumn,
            AColumn = product.BRow,
            B = turned,
            BRow = turns ? count : product.AColumn,
            BColumn = 1,
            C = sums,
            CRow = count,
            Alpha = product.Alpha,
            Beta = product.Beta,
        };
        for (int top = 0; top < product.Rows; top += count)
        {
            // The last rows are as many as the others, some of them done already.
            int first = Math.Min(top, product.Rows - count);
            E* a = product.A + first * product.ARow, c = product.C + first * product.CRow;
            if (turns)
                Packing.Interleave(a, product.ARow, product.AColumn, count, product.Depth, turned);
            else
                transposed.B = a;
            if (!overwrites)
                Copy(c, product.CRow, 1, sums, 1, count, product.Columns, 0, count);
            SmallProducts.Run<V, E>(in transposed, 1, 0, 0, 0);
            Copy(sums, 1, count, c, product.CRow, 1, product.Columns, top - first, count);
        }
    }

    // Some rows of a few columns.
    private static void Copy<E>(E* from, nint fromRow, nint fromColumn, E* to, nint toRow, nint toColumn, int columns, int first, int end)
        where E : unmanaged
    {
        for (int column = 0; column < columns; column++)
        {
            E* source = from + column * fromColumn + first * fromRow, target = to + column * toColumn + first * toRow;
            for (int row = first; row < end; row++, source += fromRow, target += toRow)
                *target = *source;
        }
    }
}
