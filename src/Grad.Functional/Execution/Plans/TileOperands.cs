using Grad.Simd;

namespace Grad.Functional;

/// <summary>Where a group reads: what stands in memory, in which tiles broadcast operands and rows are written out, and what emitted code is given of it.</summary>
/// <param name="unit">The group.</param>
/// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
internal sealed class TileOperands(PlanUnit unit, Func<PlanValue, int> slotOf)
{
    /// <summary>The slot of what is in the group's own memory, until that is known.</summary>
    public const int InScratch = -1;

    private readonly List<TilePlace> _places = [];
    private readonly List<int> _tiles = [];
    private readonly Stack<int> _freeTiles = new();
    private readonly Dictionary<PlanValue, int> _placeOf = [];

    // What stands in tiles for emitted code too.
    private readonly List<(int Source, int Offset, ExpandWalk Walk, int Tile, int Input)> _expansions = [];
    private readonly List<(PlanValue Value, ElementRow Row, int Tile, int Input)> _gathered = [];

    // Rows that are read where they stand.
    private readonly Dictionary<(PlanValue Value, int Place, int Step, bool Runs), (int Place, int Number)> _rows = [];

    // Numbers that are repeated for programs of arithmetic: what stands still, by its place, and constants.
    private readonly Dictionary<int, int> _repeated = [];
    private readonly Dictionary<long, int> _constants = [];

    // What one step of such a program leaves for another: as many elements as go through it at a time.
    private readonly List<int> _blocks = [];
    private readonly Stack<int> _freeBlocks = new();

    // What emitted code reads, numbered as it comes.
    private readonly List<(ElementwiseInput Input, int Place)> _inputs = [];
    private readonly Dictionary<(PlanValue Value, Node? View), int> _inputOf = [];

    /// <summary>What emitted code reads, and its places.</summary>
    public IReadOnlyList<(ElementwiseInput Input, int Place)> Inputs => _inputs;

    /// <summary>The places that are tiles.</summary>
    public IReadOnlyList<int> Tiles => _tiles;

    /// <summary>The places of programs that stand still.</summary>
    public int Blocks => _blocks.Count + _repeated.Count + _constants.Count;

    /// <summary>The tiles that stand between emitted code and what reads for it.</summary>
    public int SharedTiles => _expansions.Count + _gathered.Count;

    /// <summary>The broadcast operands that are written out.</summary>
    public TileExpansion[] Expansions => [.. _expansions.Select(x => new TileExpansion(x.Source, x.Offset, x.Walk, x.Tile, x.Input))];

    /// <summary>Whether a value is one of truth values.</summary>
    public static bool IsMask(PlanValue value) => value.Node.ElementType == typeof(bool);

    /// <summary>Whether the group makes what an op reads.</summary>
    public bool IsInside(PlanOperand operand) => operand.Value.Unit == unit && operand.Row is null;

    /// <summary>Rows of one value with one step are read together.</summary>
    public TileGather[] Gathers() =>
    [
        .. _gathered.GroupBy(row => (row.Value, row.Row.Step)).Select(rows =>
        {
            var ordered = rows.OrderBy(row => row.Row.Place).ToArray();
            return new TileGather(
                slotOf(rows.Key.Value),
                rows.Key.Step,
                rows.Key.Value.Node.Length,
                rows.Key.Value.Node.ElementSize,
                Array.ConvertAll(ordered, row => row.Row.Place),
                Array.ConvertAll(ordered, row => row.Tile),
                Array.ConvertAll(ordered, row => row.Input));
        }),
    ];

    /// <summary>The place of an operand that the group does not make.</summary>
    /// <param name="reader">The shape of the op that reads it.</param>
    /// <param name="operand">The operand.</param>
    /// <param name="mayStand">Whether it may be a single element for all.</param>
    /// <param name="stands">Whether it is.</param>
    /// <param name="number">Its number among what emitted code reads.</param>
    public int PlaceOf(Shape reader, PlanOperand operand, bool mayStand, out bool stands, out int number)
    {
        if (operand.Row is { } row)
        {
            return RowOf(reader, operand, row, mayStand, out stands, out number);
        }

        stands = false;
        var (value, length) = (operand.Value, reader.ElementCount);
        if (value.Node.Length == length)
        {
            if (!_placeOf.TryGetValue(value, out var place))
            {
                _placeOf[value] = place = New(slotOf(value), value.Node.ElementSize);
            }

            number = Input(value, null, place, runs: true);
            return place;
        }

        if (value.Node.Length == 1 && mayStand)
        {
            stands = true;
            if (!_placeOf.TryGetValue(value, out var place))
            {
                _placeOf[value] = place = New(slotOf(value), 0);
            }

            number = Input(value, value.Node, place, runs: false);
            return place;
        }

        // An expanded operand keeps its tile throughout: expansions all come first.
        var walk = new ExpandWalk(reader, Strided.Strides(operand.View, reader), value.Node.ElementSize);
        var tile = AddTile();
        number = Input(value, operand.View, tile, runs: true);
        _expansions.Add((slotOf(value), 0, walk, tile, number));
        return tile;
    }

    /// <summary>The place where what stands still at a place is repeated.</summary>
    public int Repeat(int place)
    {
        if (!_repeated.TryGetValue(place, out var repeated))
        {
            _repeated[place] = repeated = New(InScratch, 0);
        }

        return repeated;
    }

    /// <summary>The place where a constant is repeated.</summary>
    public int Repeat(double constant)
    {
        // By its bits: −0 is another than 0.
        var key = BitConverter.DoubleToInt64Bits(constant);
        if (!_constants.TryGetValue(key, out var repeated))
        {
            _constants[key] = repeated = New(InScratch, 0);
        }

        return repeated;
    }

    /// <summary>A new place.</summary>
    /// <param name="slot">The address.</param>
    /// <param name="advance">Bytes from an element to the next.</param>
    /// <param name="offset">Bytes from the address to the first.</param>
    public int New(int slot, int advance, int offset = 0)
    {
        _places.Add(new TilePlace(slot, offset, advance));
        return _places.Count - 1;
    }

    /// <summary>A tile that nothing stands in.</summary>
    public int NewTile() => _freeTiles.TryPop(out var free) ? free : AddTile();

    /// <summary>Gives a tile back.</summary>
    public void Free(int tile) => _freeTiles.Push(tile);

    /// <summary>Room for what one step of a program leaves for another.</summary>
    public int NewBlock()
    {
        if (!_freeBlocks.TryPop(out var block))
        {
            _blocks.Add(block = New(InScratch, 0));
        }

        return block;
    }

    /// <summary>Gives such room back.</summary>
    public void FreeBlock(int block) => _freeBlocks.Push(block);

    /// <summary>Whether what a program has at a place stands still while elements go through it.</summary>
    public bool StandsStill(int place) => _blocks.Contains(place) || _repeated.ContainsValue(place) || _constants.ContainsValue(place);

    /// <summary>Finds room for tiles and what is repeated.</summary>
    /// <param name="scratch">The room.</param>
    /// <param name="sizes">The elements of tiles.</param>
    /// <param name="elementSize">The bytes of a number.</param>
    public TileRepeat[] Place(TileScratch scratch, TileSizes sizes, int elementSize)
    {
        foreach (var tile in _tiles)
        {
            var isShared = _expansions.Exists(expansion => expansion.Tile == tile) || _gathered.Exists(row => row.Tile == tile);
            _places[tile] = _places[tile] with { Offset = scratch.Take(Math.Max(sizes.Tile, isShared ? sizes.Span : 0) * elementSize) };
        }

        var bytes = elementSize * (elementSize == sizeof(float) ? Arithmetic.Repeated<float>() : Arithmetic.Repeated<double>());
        foreach (var place in _repeated.Values.Concat(_constants.Values).Concat(_blocks))
        {
            _places[place] = _places[place] with { Offset = scratch.Take(bytes) };
        }

        return
        [
            .. _repeated.Select(repeated => new TileRepeat(repeated.Key, 0, repeated.Value)),
            .. _constants.Select(constant => new TileRepeat(-1, BitConverter.Int64BitsToDouble(constant.Key), constant.Value)),
        ];
    }

    /// <summary>All places, once the slot of the group's own memory is known.</summary>
    public TilePlace[] Places(int slot) => [.. _places.Select(place => place.Slot == InScratch ? place with { Slot = slot } : place)];

    private int RowOf(Shape reader, PlanOperand operand, ElementRow row, bool mayStand, out bool stands, out int number)
    {
        var (value, size) = (operand.Value, operand.Value.Node.ElementSize);

        // A single element is there for all, whatever the step to a next one would be.
        row = row.Count == 1 ? row with { Step = 0 } : row;
        stands = row.Step == 0 && mayStand;
        var key = (value, row.Place, row.Step, !stands);
        if (_rows.TryGetValue(key, out var known))
        {
            number = known.Number;
            return known.Place;
        }

        number = _inputs.Count;
        var place = row.Step == 1 ? New(slotOf(value), size, row.Place * size) : stands ? New(slotOf(value), 0, row.Place * size) : New(InScratch, 0);
        _inputs.Add((new ElementwiseInput(IsMask(value), !stands), place));
        _rows.Add(key, (place, number));
        if (row.Step == 0 && !stands)
        {
            _tiles.Add(place);
            _expansions.Add((slotOf(value), row.Place * size, new ExpandWalk(reader, new int[reader.Rank], size), place, number));
        }
        else if (row.Step > 1)
        {
            _tiles.Add(place);
            _gathered.Add((value, row, place, number));
        }

        return place;
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

    private int AddTile()
    {
        var tile = New(InScratch, 0);
        _tiles.Add(tile);
        return tile;
    }
}
