namespace Grad.Simd;

/// <summary>
/// The columns of a matrix, of which there is at least a lane, cut into panels of as many lanes as a tile has, or of one more or less. The last lane ends
/// flush with the matrix: it may overlap the one before, which is of the same panel, so that no column is in two of them.
/// </summary>
internal readonly struct ColumnPanels(int columns, int lane, int tile)
{
    private readonly int _lanes = (columns + lane - 1) / lane;

    /// <summary>The columns of a panel as wide as a tile.</summary>
    public int Width => tile * lane;

    /// <summary>The number of panels.</summary>
    public int Count => tile == 2 ? Math.Max(_lanes / 2, 1) : (_lanes + tile - 1) / tile;

    /// <summary>The most columns of some panels, overlapping ones counted twice.</summary>
    public int MostColumns(int panels) => panels * Width + (tile == 2 ? lane : 0);

    /// <summary>A panel: its first column, its lanes, and how many columns of the last lane the one before has, too.</summary>
    public (int Start, int Lanes, int Skip) this[int panel]
    {
        get
        {
            // A rest of one lane goes with the last two, and four lanes are twice two, rather than three and one.
            int last = Count - 1, first = panel * tile;
            bool splitsFour = tile == 3 && _lanes % 3 == 1 && _lanes > 1;
            if (panel < last)
                return (first * lane, splitsFour && panel == last - 1 ? 2 : tile, 0);
            first = splitsFour ? _lanes - 2 : first;
            return (first * lane, _lanes - first, _lanes * lane - columns);
        }
    }
}
