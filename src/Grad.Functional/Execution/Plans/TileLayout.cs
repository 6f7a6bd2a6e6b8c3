namespace Grad.Functional;

/// <summary>Finds the places of a fused group: what stands in memory, what in tiles, and what emitted code would read and write.</summary>
internal sealed class TileLayout
{
    // All tiles together; a half of the first-level cache and more.
    private const int TileBytes = 24 * 1024;
    private const int MinTile = 64;
    private const int MaxTile = 1024;
    private const int MaxElementSize = 8;

    // Between tiles, so that not all of them fall on the same sets of the cache.
    private const int Gap = 64;

    private readonly PlanUnit _unit;
    private readonly Func<PlanValue, int> _slotOf;
    private readonly List<TilePlace> _places = [];
    private readonly Dictionary<PlanValue, int> _placeOf = [];
    private readonly Dictionary<PlanValue, int> _lastUse = [];
    private readonly List<(int Source, ExpandWalk Walk, int Tile, int Input)> _expansions = [];
    private readonly List<TileInstruction> _instructions = [];
    private readonly List<int> _tiles = [];
    private readonly Stack<int> _freeTiles = new();

    // The same for emitted code: inputs are numbered as they come, values after all of them.
    private readonly List<(ElementwiseInput Input, int Place)> _inputs = [];
    private readonly Dictionary<(PlanValue Value, Node? View), int> _inputOf = [];
    private readonly List<int[]> _operands = [];

    private TileLayout(PlanUnit unit, Func<PlanValue, int> slotOf)
    {
        (_unit, _slotOf) = (unit, slotOf);
        for (var i = 0; i < unit.Values.Count; i++)
        {
            foreach (var operand in unit.Values[i].Operands)
            {
                _lastUse[operand.Value] = i;
            }
        }
    }

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where tiles find room.</param>
    public static TiledStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory) => new TileLayout(unit, slotOf).Build(memory);

    private TiledStep Build(PlanMemory memory)
    {
        for (var i = 0; i < _unit.Values.Count; i++)
        {
            Add(_unit.Values[i], i);
        }

        var length = _unit.Values[0].Node.Length;
        var tile = Math.Clamp(TileBytes / MaxElementSize / Math.Max(_tiles.Count, 1) / MinTile * MinTile, MinTile, MaxTile);
        tile = Math.Min(tile, (length + 7) / 8 * 8);
        if (_tiles.Count > 0)
        {
            var stride = (tile * MaxElementSize) + Gap;
            memory.Allocate((long)_tiles.Count * stride, out var block);
            for (var i = 0; i < _tiles.Count; i++)
            {
                _places[_tiles[i]] = new TilePlace(memory.Within(block, (long)i * stride), 0);
            }

            memory.Free(block);
        }

        var kept = _unit.Values.Where(value => value.IsKept).ToArray();
        var expansions = _expansions.Select(x => new TileExpansion(x.Source, x.Walk, x.Tile, x.Input));
        int[] arrays = [.. _inputs.Select(input => input.Place), .. kept.Select(value => _placeOf[value])];
        return new TiledStep(length, tile, [.. _places], [.. expansions], [.. _instructions], Code(kept, length), arrays);
    }

    // Values follow the inputs in the numbering; while these are still being counted, a value is the complement of its place.
    private ElementwiseCode Code(PlanValue[] kept, int length)
    {
        int Number(int operand) => operand >= 0 ? operand : _inputs.Count + ~operand;
        return new ElementwiseCode(
            _unit.Values[0].Numbers,
            [.. _inputs.Select(input => input.Input)],
            [.. _unit.Values.Zip(_operands, (value, operands) => new ElementwiseValue((IElementwiseOp)value.Node.Op!, Array.ConvertAll(operands, Number)))],
            [.. kept.Select(value => new ElementwiseOutput(_inputs.Count + _unit.Values.IndexOf(value), IsMask(value)))])
        {
            RowLength = length,
        };
    }

    private static bool IsMask(PlanValue value) => value.Node.ElementType == typeof(bool);

    private void Add(PlanValue value, int at)
    {
        var (places, still, last) = (new int[3], Still.None, value.Operands.Length - 1);
        var numbers = new int[last + 1];
        for (var i = 0; i <= last; i++)
        {
            // A kernel wants one operand at least that runs.
            var mayStand = i < last || (int)still != (1 << last) - 1;
            places[i] = PlaceOf(value, value.Operands[i], mayStand, out var stands, out numbers[i]);
            still |= stands ? (Still)(1 << i) : Still.None;
        }

        // The result's tile is another than the operands': elements of different sizes may not share one.
        var result = value.IsKept ? New(_slotOf(value), value.Node.ElementSize) : NewTile();
        _placeOf[value] = result;
        _operands.Add(numbers);
        _instructions.Add(new TileInstruction(value.Kernel!, places[0], places[last > 0 ? 1 : 0], places[last > 1 ? 2 : 0], result, still));
        foreach (var operand in value.Operands)
        {
            // Removed with its last use, as an op may read one value twice.
            var isTile = operand.Value.Unit == _unit && !operand.Value.IsKept;
            if (isTile && _lastUse.GetValueOrDefault(operand.Value, -1) == at && _lastUse.Remove(operand.Value))
            {
                _freeTiles.Push(_placeOf[operand.Value]);
            }
        }
    }

    private int PlaceOf(PlanValue reader, PlanOperand operand, bool mayStand, out bool stands, out int number)
    {
        stands = false;
        var (value, length) = (operand.Value, reader.Node.Length);
        if (value.Node.Length == length)
        {
            if (!_placeOf.TryGetValue(value, out var place))
            {
                _placeOf[value] = place = New(_slotOf(value), value.Node.ElementSize);
            }

            number = value.Unit == _unit ? ~_unit.Values.IndexOf(value) : Input(value, null, place, runs: true);
            return place;
        }

        if (value.Node.Length == 1 && mayStand)
        {
            stands = true;
            var place = New(_slotOf(value), 0);
            number = Input(value, value.Node, place, runs: false);
            return place;
        }

        // An expanded operand keeps its tile throughout: expansions all come first.
        var walk = new ExpandWalk(reader.Node.Shape, Strided.Strides(operand.View, reader.Node.Shape), value.Node.ElementSize);
        var tile = New(0, 0);
        _tiles.Add(tile);
        number = Input(value, operand.View, tile, runs: true);
        _expansions.Add((_slotOf(value), walk, tile, number));
        return tile;
    }

    private int Input(PlanValue value, Node? view, int place, bool runs)
    {
        if (!_inputOf.TryGetValue((value, view), out var number) || (view is not null && runs))
        {
            number = _inputs.Count;
            _inputOf[(value, view)] = number;
            _inputs.Add((new ElementwiseInput(IsMask(value), runs), place));
        }

        return number;
    }

    private int New(int slot, int advance)
    {
        _places.Add(new TilePlace(slot, advance));
        return _places.Count - 1;
    }

    private int NewTile()
    {
        if (_freeTiles.TryPop(out var free))
        {
            return free;
        }

        var tile = New(0, 0);
        _tiles.Add(tile);
        return tile;
    }
}
