using Grad.Simd;

namespace Grad.Functional;

/// <summary>Where elements stand while a tile is worked on.</summary>
/// <param name="Slot">The address of the whole, or of the memory that the tile is in.</param>
/// <param name="Offset">Bytes from there.</param>
/// <param name="Advance">Bytes from one element of the whole to the next; 0 for tiles and for single elements.</param>
internal readonly record struct TilePlace(int Slot, int Offset, int Advance)
{
    /// <summary>The address of an element.</summary>
    public unsafe nint In(nint* table, int element) => table[Slot] + Offset + ((nint)element * Advance);
}

/// <summary>A broadcast operand that is written out, tile by tile.</summary>
/// <param name="Slot">The operand.</param>
/// <param name="Offset">Bytes from there to what repeats.</param>
/// <param name="Walk">How its elements repeat.</param>
/// <param name="Target">The place of the tile.</param>
/// <param name="Array">What it is among the arrays of emitted code.</param>
internal readonly record struct TileExpansion(int Slot, int Offset, ExpandWalk Walk, int Target, int Array);

/// <summary>A fold of what a group makes.</summary>
/// <param name="Pieces">The fold.</param>
/// <param name="State">Where in the scratch memory it remembers what it has seen.</param>
/// <param name="Result">The slot of its result.</param>
/// <param name="Array">What it folds, among the arrays of emitted code.</param>
/// <param name="IsTile">Whether that is a tile; else it stands in memory as a whole.</param>
/// <param name="Accumulators">If emitted code adds to accumulators in place of the tile: the fold. Else null.</param>
internal readonly record struct TileFold(PiecewiseFold Pieces, int State, int Result, int Array, bool IsTile, IAccumulators? Accumulators);

/// <summary>A number that is repeated, to be read as an array that stands still.</summary>
/// <param name="Source">The place of the number; −1 for a constant.</param>
/// <param name="Constant">The constant.</param>
/// <param name="Target">Where it is repeated.</param>
internal readonly record struct TileRepeat(int Source, double Constant, int Target)
{
    /// <summary>Repeats it.</summary>
    /// <param name="places">All places.</param>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="isFloat">Whether numbers are of single precision.</param>
    public unsafe void Write(TilePlace[] places, nint* table, bool isFloat)
    {
        var target = (void*)places[Target].In(table, 0);
        var source = Source < 0 ? 0 : places[Source].In(table, 0);
        if (isFloat)
        {
            new Span<float>(target, Arithmetic.Repeated<float>()).Fill(Source < 0 ? (float)Constant : *(float*)source);
        }
        else
        {
            new Span<double>(target, Arithmetic.Repeated<double>()).Fill(Source < 0 ? Constant : *(double*)source);
        }
    }
}

/// <summary>One op on tiles, or several.</summary>
/// <param name="Kernel">The op; null if this is a pair, a program or a fold.</param>
/// <param name="X">The place of the first operand.</param>
/// <param name="Y">Of the second.</param>
/// <param name="Z">Of the third; or of a pair's second result.</param>
/// <param name="Result">Of the result; or which fold it is.</param>
/// <param name="Still">The operands that are a single element for all.</param>
/// <param name="Program">Arithmetic; null if this is none.</param>
/// <param name="Pair">Two ops; null if this is none.</param>
internal readonly record struct TileInstruction(
    ElementKernel? Kernel, int X, int Y, int Z, int Result, Still Still, TileProgram? Program = null, PairKernel? Pair = null);
