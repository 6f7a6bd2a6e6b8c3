using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Grad.Simd;

/// <summary>Where a tile of a product lies, how it is written, and how many products it is a tile of.</summary>
/// <remarks>Strides count elements. A column of A steps by <see cref="ARow"/>, along the sum both factors step by their own strides.</remarks>
internal unsafe struct TileOperands<E> where E : unmanaged
{
    /// <summary>The number of terms, all of one block of the sum.</summary>
    public nint Depth;
    public E* A;
    public nint ARow;
    public nint AStep;
    public E* B;
    public nint BStep;
    public E* C;
    public nint CRow;
    public E Alpha;
    public E Beta;

    /// <summary>−0, with which each sum begins. A constant would be read from memory once a sum, this is read once.</summary>
    public E Zero;

    /// <summary>Whether C is written without being read.</summary>
    public bool Overwrites;

    /// <summary>Whether alpha is one.</summary>
    public bool IsPlain;

    /// <summary>Where the last of several lanes of columns begins: it may overlap the one before.</summary>
    public nint Last;

    /// <summary>Leading columns of the first lane that another tile writes; they are left as they are unless C is only overwritten.</summary>
    public nint Skip;

    /// <summary>Leading columns of the last of several lanes that the lane before writes.</summary>
    public nint LastSkip;

    /// <summary>Where the elements of A that a keeping kernel reads are left: those of a term side by side, from a term to the next a step.</summary>
    public E* Kept;
    public nint KeptStep;

    /// <summary>The products of which this is a tile, where A is found by its strides; it lies at these distances in the next.</summary>
    public nint Count;
    public nint ABatch;
    public nint BBatch;
    public nint CBatch;
}

/// <summary>
/// The micro-kernel of matrix products: a tile of C, of up to <see cref="MaxRows"/> rows and some lanes of columns, with all its sums in
/// registers. Each sum begins at −0 and takes its terms in order, whatever the tile's size: an element has the same bits in all of them.
/// </summary>
internal static unsafe partial class Tile
{
    /// <summary>The lanes of the widest tile whose factors are read in place.</summary>
    public static int MaxLanes => HasManyRegisters ? 3 : 2;

    // Vectors of all lengths have 32 registers, or 16.
    private static bool HasManyRegisters => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;

    /// <summary>The rows of the tallest tile: with its sums, a row of B and an element of A it fills the registers.</summary>
    public static int MaxRows(int lanes) => lanes == 3 ? 9 : HasManyRegisters ? 14 : 6;

    /// <summary>Rows in strips for the tallest tiles; the divisors are constants.</summary>
    public static Parts Strips(int rows, int lanes) => new(rows, lanes == 3 ? (rows + 8) / 9 : HasManyRegisters ? (rows + 13) / 14 : (rows + 5) / 6);

    /// <summary>The kernel of tiles of some rows and lanes of columns.</summary>
    /// <param name="rows">The number of rows, at most <see cref="MaxRows"/>.</param>
    /// <param name="lanes">The number of lanes, at most <see cref="MaxLanes"/>.</param>
    /// <param name="packed">Whether the tile's columns of A and its rows of B lie whole and one behind the other.</param>
    public static delegate*<in TileOperands<E>, void> Kernel<V, E>(int rows, int lanes, bool packed)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        if (packed && lanes == 2 && rows <= PackedRows)
            return Packed<V, E>(rows);
        return InPlace<V, E, Reads>(rows, lanes);
    }

    /// <summary>The same of a tile that leaves the elements of A in the order in which lanes over rows read them: it broadcasts them anyway.</summary>
    public static delegate*<in TileOperands<E>, void> KeepingKernel<V, E>(int rows, int lanes)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged =>
        InPlace<V, E, Keeps>(rows, lanes);

    private static delegate*<in TileOperands<E>, void> InPlace<V, E, TReading>(int rows, int lanes)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged =>
        lanes == 3 ? Wide<V, E, TReading>(rows) : lanes == 2 ? Strided<V, E, Size.Two, TReading>(rows) : Strided<V, E, Size.One, TReading>(rows);

    private static delegate*<in TileOperands<E>, void> Packed<V, E>(int rows)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        return rows switch
        {
            1 => &RunPacked<V, E, Size.One>,
            2 => &RunPacked<V, E, Size.Two>,
            3 => &RunPacked<V, E, Size.Three>,
            4 => &RunPacked<V, E, Size.Four>,
            5 => &RunPacked<V, E, Size.Five>,
            _ => &RunPacked<V, E, Size.Six>,
        };
    }

    private static delegate*<in TileOperands<E>, void> Strided<V, E, TLanes, TReading>(int rows)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        return rows switch
        {
            1 => &RunStrided<V, E, Size.One, TLanes, TReading>,
            2 => &RunStrided<V, E, Size.Two, TLanes, TReading>,
            3 => &RunStrided<V, E, Size.Three, TLanes, TReading>,
            4 => &RunStrided<V, E, Size.Four, TLanes, TReading>,
            5 => &RunStrided<V, E, Size.Five, TLanes, TReading>,
            6 => &RunStrided<V, E, Size.Six, TLanes, TReading>,
            7 => &RunStrided<V, E, Size.Seven, TLanes, TReading>,
            8 => &RunStrided<V, E, Size.Eight, TLanes, TReading>,
            9 => &RunStrided<V, E, Size.Nine, TLanes, TReading>,
            10 => &RunStrided<V, E, Size.Ten, TLanes, TReading>,
            11 => &RunStrided<V, E, Size.Eleven, TLanes, TReading>,
            12 => &RunStrided<V, E, Size.Twelve, TLanes, TReading>,
            13 => &RunStrided<V, E, Size.Thirteen, TLanes, TReading>,
            _ => &RunStrided<V, E, Size.Fourteen, TLanes, TReading>,
        };
    }

    private static delegate*<in TileOperands<E>, void> Wide<V, E, TReading>(int rows)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        return rows switch
        {
            1 => &RunWide<V, E, Size.One, TReading>,
            2 => &RunWide<V, E, Size.Two, TReading>,
            3 => &RunWide<V, E, Size.Three, TReading>,
            4 => &RunWide<V, E, Size.Four, TReading>,
            5 => &RunWide<V, E, Size.Five, TReading>,
            6 => &RunWide<V, E, Size.Six, TReading>,
            7 => &RunWide<V, E, Size.Seven, TReading>,
            8 => &RunWide<V, E, Size.Eight, TReading>,
            _ => &RunWide<V, E, Size.Nine, TReading>,
        };
    }

    /// <summary>A is read.</summary>
    private readonly struct Reads;

    /// <summary>A is read, and left elsewhere.</summary>
    private readonly struct Keeps;

    // An element of A in all places of a lane; it is kept for its row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Factor<V, E, TReading>(void* a, E* kept)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        V factor = V.Broadcast(*(E*)a);
        if (typeof(TReading) == typeof(Keeps))
            *kept = V.First(factor);
        return factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, E, TLanes>(V a, V x, V y, ref V s, ref V t)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
        where TLanes : unmanaged
    {
        V.AddProduct(a, x, ref s);
        if (sizeof(TLanes) == 2)
            V.AddProduct(a, y, ref t);
    }
}
