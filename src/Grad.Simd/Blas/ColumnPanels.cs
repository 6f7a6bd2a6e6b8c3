namespace Grad.Simd;

/// <summary>
/// The columns of a matrix, of which there is at least a lane, cut into panels of two lanes or one. The last panel ends flush with the
/// matrix: it may begin early, and then repeats some columns.
/// </summary>
internal readonly struct ColumnPanels(int columns, int lane)
{
    /// <summary>The columns of the widest panel.</summary>
    public int Width => 2 * lane;

    /// <summary>The number of panels.</summary>
    public int Count { get; } = columns / (2 * lane) + (columns % (2 * lane) == 0 ? 0 : columns > lane && columns < 2 * lane ? 2 : 1);

    /// <summary>A panel: its first column, its lanes, and how many of its columns stand in another panel too.</summary>
    public (int Start, int Lanes, int Skip) this[int panel]
    {
        get
        {
            int start = panel * Width, rest = columns - start;
            if (rest >= Width)
                return (start, 2, 0);
            if (columns < Width)
                return panel == 0 ? (0, 1, 0) : (columns - lane, 1, Width - columns);
            return rest <= lane ? (columns - lane, 1, lane - rest) : (columns - Width, 2, Width - rest);
        }
    }
}
