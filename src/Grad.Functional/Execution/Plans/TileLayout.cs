using Grad.Simd;

namespace Grad.Functional;

/// <summary>Finds the places of a fused group: what stands in memory, what in tiles, and what emitted code would read and write.</summary>
internal sealed class TileLayout
{
    private readonly PlanUnit _unit;
    private readonly Func<PlanValue, int> _slotOf;
    private readonly TileOperands _operands;

    // The values that are made element by element, in order, and the folds of each.
    private readonly PlanValue[] _values;
    private readonly Dictionary<PlanValue, int> _numbers = [];
    private readonly ILookup<PlanValue, PlanValue> _foldsOf;

    // What each value is made of, and where it goes.
    private readonly Dictionary<PlanValue, (int[] Places, Still Still, int[] Numbers)> _sources = [];
    private readonly Dictionary<PlanValue, int> _placeOf = [];

    private readonly TileOrder _order;
    private readonly List<TileInstruction> _instructions = [];

    // What is folded, and what stands in tiles for emitted code because it is folded and not kept.
    private readonly List<PlanValue> _folds = [];
    private readonly List<PlanValue> _folded = [];

    // What emitted code adds up itself.
    private readonly PlanValue[] _added;

    // What is put together.
    private readonly PlanValue[] _joins;
    private readonly List<int[]> _joined = [];

    private TileLayout(PlanUnit unit, Func<PlanValue, int> slotOf)
    {
        (_unit, _slotOf, _operands) = (unit, slotOf, new TileOperands(unit, slotOf));
        _values = [.. unit.Values.Where(value => value.Kernel is not null)];
        _foldsOf = unit.Values.Where(value => value.Fold is not null).ToLookup(fold => fold.Operands[0].Value);
        _added = TileSums.Of(unit);
        _joins = [.. unit.Values.Where(value => value.Joins is not null)];
        _order = new TileOrder(_values, _joins);
        for (var i = 0; i < _values.Length; i++)
        {
            _numbers.Add(_values[i], i);
        }
    }

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where tiles find room.</param>
    public static TiledStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory) => new TileLayout(unit, slotOf).Build(memory);

    private TiledStep Build(PlanMemory memory)
    {
        foreach (var value in _values)
        {
            _sources.Add(value, Sources(value));
        }

        for (var i = 0; i < _order.Tasks.Count; i++)
        {
            Add(_order.Tasks[i], i);
        }

        foreach (var join in _joins)
        {
            Join(join, join.Joins!.Count);
        }

        var length = _unit.Values[0].GroupLength;
        var elementSize = _unit.Values[0].Numbers == typeof(float) ? sizeof(float) : sizeof(double);
        var folds = _folds.ConvertAll(fold => fold.Fold!);
        var turn = TileSums.TurnBytes(_added) / elementSize;
        var sizes = new TileSizes(length, elementSize, _operands.Tiles.Count, _operands.Blocks, _operands.SharedTiles + _folded.Count, folds, Math.Max(turn, 1));
        var scratch = new TileScratch();
        var repeats = _operands.Place(scratch, sizes, elementSize);

        var kept = _values.Where(value => value.IsKept).ToArray();
        var outputs = kept.Concat(_folded).ToArray();
        int[] arrays =
        [
            .. _operands.Inputs.Select(input => input.Place),
            .. kept.Select(value => _placeOf[value]),
            .. _folded.Select(_ => _operands.New(TileOperands.InScratch, 0, scratch.Take(sizes.Span * elementSize))),
            .. _added.Select(_ => _operands.New(TileOperands.InScratch, 0, scratch.Take(turn * elementSize))),
        ];
        TileFold[] states =
        [
            .. _folds.Select(fold => new TileFold(
                fold.Fold!,
                scratch.Take(fold.Fold!.StateBytes),
                _slotOf(fold),
                _operands.Inputs.Count + (_added.Contains(fold) ? outputs.Length + Array.IndexOf(_added, fold) : Array.IndexOf(outputs, fold.Operands[0].Value)),
                IsTile: _added.Contains(fold) || !fold.Operands[0].Value.IsKept,
                _added.Contains(fold) ? (IAccumulators)fold.Fold! : null)),
        ];

        // All that a run writes but results lies behind one slot.
        var slot = memory.Allocate(scratch.Bytes, out var block);
        var pieces = new TilePieces(length, _values.Length + _folds.Count, folds);
        var parts = slot;
        if (states.Length > 0 && pieces.Count > 1)
        {
            parts = memory.Allocate((long)pieces.Count * (scratch.Bytes - states[0].State), out var left);
            memory.Free(left);
        }

        memory.Free(block);
        var places = _operands.Places(slot);
        var slots = places.Select(place => place.Slot).Concat(_operands.Expansions.Select(expansion => expansion.Slot)).Concat(states.Select(state => state.Result));
        return new TiledStep
        {
            Length = length,
            IsFloat = elementSize == sizeof(float),
            Tile = sizes.Tile,
            Span = sizes.Span,
            Scratch = slot,
            ScratchBytes = scratch.Bytes,
            Pieces = pieces,
            Parts = parts,
            Turn = turn,
            SlotCount = Math.Max(slot, slots.Max()) + 1,
            Places = places,
            Moving = [.. Enumerable.Range(0, places.Length).Where(place => places[place].Advance != 0)],
            Repeats = repeats,
            Expansions = _operands.Expansions,
            Gathers = _operands.Gathers(),
            Instructions = [.. _instructions],
            Folds = states,
            Joins = [.. _joins.Zip(_joined, (join, parts) => Joins(join, parts, outputs))],
            Arrays = arrays,
            Code = _values.Length > 0 ? Code(outputs, length) : null,
        };
    }

    // Values follow the inputs in the numbering; while these are still being counted, a value is the complement of its place.
    private ElementwiseCode Code(PlanValue[] outputs, int length)
    {
        int Number(int operand) => operand >= 0 ? operand : _operands.Inputs.Count + ~operand;
        return new ElementwiseCode(
            _values[0].Numbers,
            [.. _operands.Inputs.Select(input => input.Input)],
            [.. _values.Select(value => new ElementwiseValue((IElementwiseOp)value.Node.Op!, Array.ConvertAll(_sources[value].Numbers, Number)))],
            [
                .. outputs.Select(value => new ElementwiseOutput(_operands.Inputs.Count + _numbers[value], TileOperands.IsMask(value))),
                .. _added.Select(fold => new ElementwiseOutput(
                    _operands.Inputs.Count + _numbers[fold.Operands[0].Value], IsMask: false, ((IAccumulators)fold.Fold!).Turns)),
            ])
        {
            RowLength = length,
        };
    }

    // Operands that the group makes have no place yet.
    private (int[] Places, Still Still, int[] Numbers) Sources(PlanValue value)
    {
        var (still, last) = (Still.None, value.Operands.Length - 1);
        var (places, numbers) = (new int[last + 1], new int[last + 1]);
        for (var i = 0; i <= last; i++)
        {
            var operand = value.Operands[i];
            if (_operands.IsInside(operand))
            {
                (places[i], numbers[i]) = (-1, ~_numbers[operand.Value]);
                continue;
            }

            // A kernel wants one operand at least that runs.
            var mayStand = i < last || (int)still != (1 << last) - 1;
            places[i] = _operands.PlaceOf(value.Node.Shape, operand, mayStand, out var stands, out numbers[i]);
            still |= stands ? (Still)(1 << i) : Still.None;
        }

        return (places, still, numbers);
    }

    private void Add(TileTask task, int at)
    {
        // The result's tile is another than the operands': elements of different sizes may not share one.
        foreach (var value in task.Values)
        {
            if (value.IsKept)
            {
                _placeOf[value] = _operands.New(_slotOf(value), value.Node.ElementSize);
            }
            else if (task.Bodies.Count == 0 || _order.LastUse(value) != at || _foldsOf.Contains(value))
            {
                _placeOf[value] = _operands.NewTile();
            }
        }

        if (task.Bodies.Count > 0)
        {
            var program = TileArithmetic.Of(task, Repeated, value => _placeOf.GetValueOrDefault(value, -1), _operands);
            _instructions.Add(new TileInstruction(null, 0, 0, 0, 0, Still.None, program));
        }
        else if (task.Pair is { } pair)
        {
            _instructions.Add(
                new TileInstruction(null, Places(task.Values[0])[0], 0, _placeOf[task.Values[1]], _placeOf[task.Values[0]], Still.None, Pair: pair));
        }
        else
        {
            var value = task.Values[0];
            var (places, last) = (Places(value), value.Operands.Length - 1);
            _instructions.Add(
                new TileInstruction(value.Kernel, places[0], places[last > 0 ? 1 : 0], places[last > 1 ? 2 : 0], _placeOf[value], _sources[value].Still));
        }

        task.Values.ForEach(Fold);
        foreach (var value in task.Values.SelectMany(value => value.Operands.Select(operand => operand.Value).Append(value)).Distinct())
        {
            if (value.Unit == _unit && !value.IsKept && _placeOf.TryGetValue(value, out var tile) && _order.LastUse(value) <= at)
            {
                _operands.Free(tile);
            }
        }
    }

    private int[] Places(PlanValue value)
    {
        var places = (int[])_sources[value].Places.Clone();
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = places[i] < 0 ? _placeOf[value.Operands[i].Value] : places[i];
        }

        return places;
    }

    // The same for a program, which reads what stands still from where it is repeated, and has what it makes itself.
    private int[] Repeated(PlanValue value)
    {
        var (places, still, _) = _sources[value];
        return [.. places.Select((place, i) => place < 0 ? _placeOf.GetValueOrDefault(value.Operands[i].Value, -1)
            : (still & (Still)(1 << i)) != 0 ? _operands.Repeat(place)
            : place)];
    }

    // What is folded is folded as soon as it is made.
    private void Fold(PlanValue operand)
    {
        foreach (var fold in _foldsOf[operand])
        {
            _instructions.Add(new TileInstruction(null, _placeOf[operand], 0, 0, _folds.Count, Still.None));
            _folds.Add(fold);
            if (!operand.IsKept && !_folded.Contains(operand) && !_added.Contains(fold))
            {
                _folded.Add(operand);
            }
        }
    }

    private void Join(PlanValue join, int count)
    {
        var places = new int[join.Operands.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var operand = join.Operands[i];
            places[i] = _operands.IsInside(operand)
                ? _placeOf[operand.Value]
                : _operands.PlaceOf(new Shape([count]), operand, mayStand: false, out _, out _);
            if (_operands.IsInside(operand) && !operand.Value.IsKept && !_folded.Contains(operand.Value))
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
        [.. join.Operands.Select(operand => _operands.IsInside(operand) && !operand.Value.IsKept
            ? _operands.Inputs.Count + Array.IndexOf(outputs, operand.Value)
            : -1)]);
}
