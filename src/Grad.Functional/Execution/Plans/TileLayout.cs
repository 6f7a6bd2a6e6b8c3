namespace Grad.Functional;

/// <summary>Finds the places of a fused group: what stands in memory, what in tiles, and what emitted code would read and write.</summary>
internal sealed class TileLayout
{
    // Until the slot is known.
    private const int InScratch = -1;

    private readonly PlanUnit _unit;
    private readonly Func<PlanValue, int> _slotOf;

    // The values that are made element by element, in order, and the folds of each.
    private readonly PlanValue[] _values;
    private readonly Dictionary<PlanValue, int> _numbers = [];
    private readonly ILookup<PlanValue, PlanValue> _foldsOf;

    private readonly List<TilePlace> _places = [];
    private readonly Dictionary<PlanValue, int> _placeOf = [];
    private readonly Dictionary<PlanValue, int> _lastUse = [];
    private readonly List<TileInstruction> _instructions = [];
    private readonly List<int> _tiles = [];
    private readonly Stack<int> _freeTiles = new();

    // What stands in tiles for emitted code too: broadcast operands that are written out, and what is folded and not kept.
    private readonly List<(int Source, int Offset, ExpandWalk Walk, int Tile, int Input)> _expansions = [];
    private readonly List<PlanValue> _folds = [];
    private readonly List<PlanValue> _folded = [];

    // Rows that are read where they stand, and what is put together.
    private readonly Dictionary<(PlanValue Value, int Place, int Step, bool Runs), (int Place, int Number)> _rows = [];
    private readonly List<(PlanValue Value, ElementRow Row, int Tile, int Input)> _gathered = [];
    private readonly PlanValue[] _joins;
    private readonly List<int[]> _joined = [];

    // What emitted code reads: inputs are numbered as they come, values after all of them.
    private readonly List<(ElementwiseInput Input, int Place)> _inputs = [];
    private readonly Dictionary<(PlanValue Value, Node? View), int> _inputOf = [];
    private readonly List<int[]> _operands = [];

    private TileLayout(PlanUnit unit, Func<PlanValue, int> slotOf)
    {
        (_unit, _slotOf) = (unit, slotOf);
        _values = [.. unit.Values.Where(value => value.Kernel is not null)];
        _foldsOf = unit.Values.Where(value => value.Fold is not null).ToLookup(fold => fold.Operands[0].Value);
        _joins = [.. unit.Values.Where(value => value.Joins is not null)];
        for (var i = 0; i < _values.Length; i++)
        {
            _numbers.Add(_values[i], i);
            foreach (var operand in _values[i].Operands)
            {
                _lastUse[operand.Value] = i;
            }
        }

        // They wait until all is made.
        foreach (var operand in _joins.SelectMany(join => join.Operands))
        {
            _lastUse[operand.Value] = _values.Length;
        }
    }

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where tiles find room.</param>
    public static TiledStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory) => new TileLayout(unit, slotOf).Build(memory);

    private TiledStep Build(PlanMemory memory)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            Add(_values[i], i);
            Fold(_values[i]);
        }

        foreach (var join in _joins)
        {
            Join(join, join.Joins!.Count);
        }

        var length = _unit.Values[0].GroupLength;
        var elementSize = _unit.Values[0].Numbers == typeof(float) ? sizeof(float) : sizeof(double);
        var sizes = new TileSizes(length, elementSize, _tiles.Count, _expansions.Count + _gathered.Count + _folded.Count, _folds.ConvertAll(fold => fold.Fold!));

        var scratch = new TileScratch();
        foreach (var tile in _tiles)
        {
            var isShared = _expansions.Exists(expansion => expansion.Tile == tile) || _gathered.Exists(row => row.Tile == tile);
            _places[tile] = new TilePlace(InScratch, scratch.Take(Math.Max(sizes.Tile, isShared ? sizes.Span : 0) * elementSize), 0);
        }

        var kept = _values.Where(value => value.IsKept).ToArray();
        var outputs = kept.Concat(_folded).ToArray();
        int[] arrays =
        [
            .. _inputs.Select(input => input.Place),
            .. kept.Select(value => _placeOf[value]),
            .. _folded.Select(_ => New(InScratch, 0, scratch.Take(sizes.Span * elementSize))),
        ];
        TileFold[] states =
        [
            .. _folds.Select(fold => new TileFold(
                fold.Fold!,
                scratch.Take(fold.Fold!.StateBytes),
                _slotOf(fold),
                _inputs.Count + Array.IndexOf(outputs, fold.Operands[0].Value),
                IsTile: !fold.Operands[0].Value.IsKept)),
        ];

        // All that a run writes but results lies behind one slot.
        var slot = memory.Allocate(scratch.Bytes, out var block);
        var pieces = new TilePieces(length, _instructions.Count, _folds.ConvertAll(fold => fold.Fold!));
        var parts = slot;
        if (states.Length > 0 && pieces.Count > 1)
        {
            parts = memory.Allocate((long)pieces.Count * (scratch.Bytes - states[0].State), out var left);
            memory.Free(left);
        }

        memory.Free(block);
        var slots = _places.Select(place => place.Slot).Concat(_expansions.Select(expansion => expansion.Source)).Concat(states.Select(state => state.Result));
        return new TiledStep
        {
            Length = length,
            Tile = sizes.Tile,
            Span = sizes.Span,
            Scratch = slot,
            ScratchBytes = scratch.Bytes,
            Pieces = pieces,
            Parts = parts,
            SlotCount = Math.Max(slot, slots.Max()) + 1,
            Places = [.. _places.Select(place => place.Slot == InScratch ? place with { Slot = slot } : place)],
            Expansions = [.. _expansions.Select(x => new TileExpansion(x.Source, x.Offset, x.Walk, x.Tile, x.Input))],
            Gathers = Gathers(),
            Instructions = [.. _instructions],
            Folds = states,
            Joins = [.. _joins.Zip(_joined, (join, places) => Joins(join, places, outputs))],
            Arrays = arrays,
            Code = _values.Length > 0 ? Code(outputs, length) : null,
        };
    }

    // Values follow the inputs in the numbering; while these are still being counted, a value is the complement of its place.
    private ElementwiseCode Code(PlanValue[] outputs, int length)
    {
        int Number(int operand) => operand >= 0 ? operand : _inputs.Count + ~operand;
        return new ElementwiseCode(
            _values[0].Numbers,
            [.. _inputs.Select(input => input.Input)],
            [.. _values.Zip(_operands, (value, operands) => new ElementwiseValue((IElementwiseOp)value.Node.Op!, Array.ConvertAll(operands, Number)))],
            [.. outputs.Select(value => new ElementwiseOutput(_inputs.Count + _numbers[value], IsMask(value)))])
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
            places[i] = PlaceOf(value.Node.Shape, value.Operands[i], mayStand, out var stands, out numbers[i]);
            still |= stands ? (Still)(1 << i) : Still.None;
        }

        // The result's tile is another than the operands': elements of different sizes may not share one.
        var result = value.IsKept ? New(_slotOf(value), value.Node.ElementSize) : NewTile();
        _placeOf[value] = result;
        _operands.Add(numbers);
        _instructions.Add(new TileInstruction(value.Kernel, places[0], places[last > 0 ? 1 : 0], places[last > 1 ? 2 : 0], result, still));
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

    // What is folded is folded as soon as it is made.
    private void Fold(PlanValue operand)
    {
        foreach (var fold in _foldsOf[operand])
        {
            _instructions.Add(new TileInstruction(null, _placeOf[operand], 0, 0, _folds.Count, Still.None));
            _folds.Add(fold);
            if (!operand.IsKept && !_folded.Contains(operand))
            {
                _folded.Add(operand);
            }
        }

        if (!operand.IsKept && !_lastUse.ContainsKey(operand))
        {
            _freeTiles.Push(_placeOf[operand]);
        }
    }

    private void Join(PlanValue join, int count)
    {
        var places = new int[join.Operands.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var operand = join.Operands[i];
            places[i] = PlaceOf(new Shape([count]), operand, mayStand: false, out _, out _);
            if (operand.Value.Unit == _unit && operand.Row is null && !operand.Value.IsKept && !_folded.Contains(operand.Value))
            {
                _folded.Add(operand.Value);
            }
        }

        _joined.Add(places);
    }

    private TileJoin Joins(PlanValue join, int[] places, PlanValue[] outputs) => new(
        _slotOf(join),
        join.Joins!.Count,
        join.Joins.Inner,
        join.Node.ElementSize,
        places,
        [.. join.Operands.Select(operand => operand.Value.Unit == _unit && operand.Row is null && !operand.Value.IsKept
            ? _inputs.Count + Array.IndexOf(outputs, operand.Value)
            : -1)]);

    // Rows of one value with one step are read together.
    private TileGather[] Gathers() =>
    [
        .. _gathered.GroupBy(row => (row.Value, row.Row.Step)).Select(rows =>
        {
            var ordered = rows.OrderBy(row => row.Row.Place).ToArray();
            return new TileGather(
                _slotOf(rows.Key.Value),
                rows.Key.Step,
                rows.Key.Value.Node.Length,
                rows.Key.Value.Node.ElementSize,
                Array.ConvertAll(ordered, row => row.Row.Place),
                Array.ConvertAll(ordered, row => row.Tile),
                Array.ConvertAll(ordered, row => row.Input));
        }),
    ];

    private int RowOf(Shape reader, PlanOperand operand, ElementRow row, bool mayStand, out bool stands, out int number)
    {
        var (value, size) = (operand.Value, operand.Value.Node.ElementSize);
        stands = row.Step == 0 && mayStand;
        var key = (value, row.Place, row.Step, !stands);
        if (_rows.TryGetValue(key, out var known))
        {
            number = known.Number;
            return known.Place;
        }

        number = _inputs.Count;
        var place = row.Step == 1 ? New(_slotOf(value), size, row.Place * size) : stands ? New(_slotOf(value), 0, row.Place * size) : New(0, 0);
        _inputs.Add((new ElementwiseInput(IsMask(value), !stands), place));
        _rows.Add(key, (place, number));
        if (row.Step == 0 && !stands)
        {
            _tiles.Add(place);
            _expansions.Add((_slotOf(value), row.Place * size, new ExpandWalk(reader, new int[reader.Rank], size), place, number));
        }
        else if (row.Step > 1)
        {
            _tiles.Add(place);
            _gathered.Add((value, row, place, number));
        }

        return place;
    }

    private int PlaceOf(Shape reader, PlanOperand operand, bool mayStand, out bool stands, out int number)
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
                _placeOf[value] = place = New(_slotOf(value), value.Node.ElementSize);
            }

            number = value.Unit == _unit ? ~_numbers[value] : Input(value, null, place, runs: true);
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
        var walk = new ExpandWalk(reader, Strided.Strides(operand.View, reader), value.Node.ElementSize);
        var tile = New(0, 0);
        _tiles.Add(tile);
        number = Input(value, operand.View, tile, runs: true);
        _expansions.Add((_slotOf(value), 0, walk, tile, number));
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

    private int New(int slot, int advance, int offset = 0)
    {
        _places.Add(new TilePlace(slot, offset, advance));
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
