namespace Grad.Functional;

/// <summary>
/// A group of elementwise ops, tile by tile: between one op and the next a tile stays in the first-level cache, and only what others read
/// goes to memory.
/// </summary>
internal sealed unsafe class TiledStep : Step
{
    // All tiles together; a half of the first-level cache and more.
    private const int TileBytes = 24 * 1024;
    private const int MinTile = 64;
    private const int MaxTile = 1024;
    private const int MaxElementSize = 8;

    // Between tiles, so that not all of them fall on the same sets of the cache.
    private const int Gap = 64;

    private readonly int _length;
    private readonly int _tile;
    private readonly Place[] _places;
    private readonly Expansion[] _expansions;
    private readonly Instruction[] _instructions;

    private TiledStep(int length, int tile, Place[] places, Expansion[] expansions, Instruction[] instructions) =>
        (_length, _tile, _places, _expansions, _instructions) = (length, tile, places, expansions, instructions);

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where tiles find room.</param>
    public static TiledStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory) => new Layout(unit, slotOf).Build(memory);

    public override void Run(nint* table)
    {
        var where = stackalloc nint[_places.Length];
        for (var start = 0; start < _length; start += _tile)
        {
            var count = Math.Min(_tile, _length - start);
            for (var i = 0; i < _places.Length; i++)
            {
                where[i] = table[_places[i].Slot] + ((nint)start * _places[i].Advance);
            }

            foreach (var expansion in _expansions)
            {
                expansion.Walk.Run((byte*)table[expansion.Slot], start, count, (byte*)where[expansion.Target]);
            }

            foreach (ref readonly var instruction in _instructions.AsSpan())
            {
                instruction.Kernel.Many(
                    (void*)where[instruction.X],
                    (void*)where[instruction.Y],
                    (void*)where[instruction.Z],
                    (void*)where[instruction.Result],
                    count,
                    instruction.Still);
            }
        }
    }

    /// <summary>Where elements stand while a tile is worked on.</summary>
    /// <param name="Slot">The address of the whole, or of a tile.</param>
    /// <param name="Advance">Bytes from one element of the whole to the next; 0 for tiles and for single elements.</param>
    private readonly record struct Place(int Slot, int Advance);

    private readonly record struct Expansion(int Slot, ExpandWalk Walk, int Target);

    private readonly record struct Instruction(ElementKernel Kernel, int X, int Y, int Z, int Result, Still Still);

    /// <summary>Finds the places of a group.</summary>
    private sealed class Layout
    {
        private readonly PlanUnit _unit;
        private readonly Func<PlanValue, int> _slotOf;
        private readonly List<Place> _places = [];
        private readonly Dictionary<PlanValue, int> _placeOf = [];
        private readonly Dictionary<PlanValue, int> _lastUse = [];
        private readonly List<(int Source, ExpandWalk Walk, int Tile)> _expansions = [];
        private readonly List<Instruction> _instructions = [];
        private readonly List<int> _tiles = [];
        private readonly Stack<int> _freeTiles = new();

        public Layout(PlanUnit unit, Func<PlanValue, int> slotOf)
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

        public TiledStep Build(PlanMemory memory)
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
                    _places[_tiles[i]] = new Place(memory.Within(block, (long)i * stride), 0);
                }

                memory.Free(block);
            }

            var expansions = _expansions.Select(expansion => new Expansion(expansion.Source, expansion.Walk, expansion.Tile));
            return new TiledStep(length, tile, [.. _places], [.. expansions], [.. _instructions]);
        }

        private void Add(PlanValue value, int at)
        {
            var (places, still, last) = (new int[3], Still.None, value.Operands.Length - 1);
            for (var i = 0; i <= last; i++)
            {
                // A kernel wants one operand at least that runs.
                var mayStand = i < last || (int)still != (1 << last) - 1;
                places[i] = PlaceOf(value, value.Operands[i], mayStand, out var stands);
                still |= stands ? (Still)(1 << i) : Still.None;
            }

            // The result's tile is another than the operands': elements of different sizes may not share one.
            var result = value.IsKept ? New(_slotOf(value), value.Node.ElementSize) : NewTile();
            _placeOf[value] = result;
            _instructions.Add(new Instruction(value.Kernel!, places[0], places[last > 0 ? 1 : 0], places[last > 1 ? 2 : 0], result, still));
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

        private int PlaceOf(PlanValue reader, PlanOperand operand, bool mayStand, out bool stands)
        {
            stands = false;
            var (value, length) = (operand.Value, reader.Node.Length);
            if (value.Node.Length == length)
            {
                if (!_placeOf.TryGetValue(value, out var place))
                {
                    _placeOf[value] = place = New(_slotOf(value), value.Node.ElementSize);
                }

                return place;
            }

            if (value.Node.Length == 1 && mayStand)
            {
                stands = true;
                return New(_slotOf(value), 0);
            }

            // An expanded operand keeps its tile throughout: expansions all come first.
            var walk = new ExpandWalk(reader.Node.Shape, Strided.Strides(operand.View, reader.Node.Shape), value.Node.ElementSize);
            var tile = New(0, 0);
            _tiles.Add(tile);
            _expansions.Add((_slotOf(value), walk, tile));
            return tile;
        }

        private int New(int slot, int advance)
        {
            _places.Add(new Place(slot, advance));
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
}
