namespace Grad.Functional;

/// <summary>
/// A program cut into several that run one after the other over a tile. What a later one needs of an earlier one goes through slots of
/// memory. Only the last writes the outputs, so that an output may be the memory of an input that others still read.
/// </summary>
internal sealed class MicroStages
{
    // Every stage computes again what it needs of it, in one method; beyond, it goes through the loop like the rest.
    private const int MostHoisted = 300;

    private readonly MicroProgram _program;
    private readonly int[] _stage;
    private readonly Dictionary<int, int> _slots = [];
    private readonly Dictionary<int, int>[] _moved;

    private MicroStages(MicroProgram program, int[] stage, int count, int pointers)
    {
        (_program, _stage) = (program, stage);
        Programs = [.. Enumerable.Range(0, count).Select(_ => new MicroProgram { Hoists = program.Hoists })];
        _moved = [.. Programs.Select(_ => new Dictionary<int, int>())];
        TakeSlots(pointers);
        Build();
    }

    public MicroProgram[] Programs { get; }

    /// <summary>The number of slots; their pointers follow those of inputs and outputs.</summary>
    public int Slots { get; private set; }

    /// <summary>Cuts where it makes the whole fastest.</summary>
    public static MicroStages Cut(MicroProgram program, int pointers, VectorCode vectors)
    {
        var live = program.Live();
        program.Hoists = live.Where((isLive, place) => isLive && program.IsInvariant(place)).Count() <= MostHoisted;
        var order = Enumerable.Range(0, live.Length).Where(place => live[place] && Crosses(program, place)).ToArray();
        var ends = new StageCosts(program, order, Crossing(program, live, order), vectors).Ends();
        var stage = new int[live.Length];
        for (int k = 0, current = 0; k < order.Length; k++)
        {
            current += k == ends[current] ? 1 : 0;
            stage[order[k]] = current;
        }

        return new MicroStages(program, stage, ends.Count, pointers);
    }

    /// <summary>Whether a value is one that would have to be kept between stages; others are simply read or computed again.</summary>
    private static bool Crosses(MicroProgram program, int place) =>
        program.Micros[place].Op.Form != MicroForm.Input && !program.IsInvariant(place);

    /// <summary>For each place of the order the number of values before it that are read from there on.</summary>
    private static int[] Crossing(MicroProgram program, bool[] live, int[] order)
    {
        var index = new int[live.Length];
        for (var k = 0; k < order.Length; k++)
        {
            index[order[k]] = k;
        }

        var last = new int[live.Length];
        foreach (var place in order)
        {
            for (var k = 0; k < program.Micros[place].Op.Operands; k++)
            {
                last[program.Micros[place].Operand(k)] = index[place];
            }
        }

        foreach (var store in program.Stores)
        {
            last[store.Source] = order.Length - 1;
        }

        // Differences first: one more from the place after a value on, one less after its last reading.
        var crossing = new int[order.Length + 2];
        foreach (var place in order)
        {
            if (last[place] > index[place])
            {
                crossing[index[place] + 1]++;
                crossing[last[place] + 1]--;
            }
        }

        for (var k = 1; k < crossing.Length; k++)
        {
            crossing[k] += crossing[k - 1];
        }

        return crossing;
    }

    private void TakeSlots(int pointers)
    {
        var last = new Dictionary<int, int>();
        var live = _program.Live();
        void Read(int place, int stage)
        {
            if (Crosses(_program, place) && stage > _stage[place])
            {
                last[place] = Math.Max(last.GetValueOrDefault(place), stage);
            }
        }

        for (var place = 0; place < live.Length; place++)
        {
            for (var k = 0; live[place] && Crosses(_program, place) && k < _program.Micros[place].Op.Operands; k++)
            {
                Read(_program.Micros[place].Operand(k), _stage[place]);
            }
        }

        foreach (var store in _program.Stores)
        {
            Read(store.Source, Programs.Length - 1);
        }

        // In a stage all is read before anything is written, so that what is read for the last time makes room at once.
        var free = new Stack<int>();
        for (var stage = 0; stage < Programs.Length; stage++)
        {
            foreach (var (place, _) in last.Where(entry => entry.Value == stage))
            {
                free.Push(_slots[place]);
            }

            foreach (var place in last.Keys.Where(place => _stage[place] == stage).Order())
            {
                _slots.Add(place, free.TryPop(out var slot) ? slot : pointers + Slots++);
            }
        }
    }

    private void Build()
    {
        var live = _program.Live();
        for (var place = 0; place < live.Length; place++)
        {
            if (live[place] && Crosses(_program, place))
            {
                var stage = _stage[place];
                _moved[stage][place] = Move(stage, _program.Micros[place]);
                if (_slots.TryGetValue(place, out var slot))
                {
                    Programs[stage].Stores.Add(new MicroStore(_moved[stage][place], slot, IsMask: false));
                }
            }
        }

        foreach (var guard in _program.Guards)
        {
            var stage = Crosses(_program, guard) ? _stage[guard] : 0;
            Programs[stage].Guard(Moved(stage, guard));
        }

        foreach (var store in _program.Stores)
        {
            Programs[^1].Stores.Add(store with { Source = Moved(Programs.Length - 1, store.Source) });
        }
    }

    private int Moved(int stage, int place)
    {
        if (_moved[stage].TryGetValue(place, out var moved))
        {
            return moved;
        }

        moved = Crosses(_program, place)
            ? Programs[stage].Place(new Micro(MicroOp.Numbers, Detail: _slots[place]))
            : Move(stage, _program.Micros[place]);
        _moved[stage].Add(place, moved);
        return moved;
    }

    private int Move(int stage, Micro micro)
    {
        Span<int> operands = [-1, -1, -1];
        for (var k = 0; k < micro.Op.Operands; k++)
        {
            operands[k] = Moved(stage, micro.Operand(k));
        }

        return Programs[stage].Place(micro with { A = operands[0], B = operands[1], C = operands[2] });
    }
}
