namespace Grad.Functional;

/// <summary>What a program writes to memory: a value, to the array at a place among the pointers.</summary>
internal readonly record struct MicroStore(int Source, int Pointer, bool IsMask);

/// <summary>
/// Micro-operations in the order in which they are computed, each at most once: equal ones share their place. Guards are masks that must
/// hold in every element for the results to be right; stores come last.
/// </summary>
internal sealed class MicroProgram
{
    private const int MostVectors = 4;
    private const int TwoLines = 128;

    private readonly Dictionary<Micro, int> _places = [];
    private readonly List<Micro> _micros = [];
    private readonly List<bool> _isInvariant = [];
    private readonly List<int> _guards = [];

    public List<Micro> Micros => _micros;

    /// <summary>The places of the masks that must hold, in the order of the program.</summary>
    public List<int> Guards => _guards;

    public List<MicroStore> Stores { get; } = [];

    /// <summary>The place of a micro-operation, a new one if there is none like it.</summary>
    public int Place(Micro micro)
    {
        if (!_places.TryGetValue(micro, out var place))
        {
            place = _micros.Count;
            _places.Add(micro, place);
            _micros.Add(micro);
            _isInvariant.Add(IsInvariantHere(micro));
        }

        return place;
    }

    public void Guard(int mask)
    {
        if (!_guards.Contains(mask))
        {
            _guards.Add(mask);
        }
    }

    /// <summary>Whether what is the same along the whole row is computed once, before the loop.</summary>
    public bool Hoists { get; set; } = true;

    /// <summary>Whether a value is known before the loop.</summary>
    public bool IsInvariant(int place) => _isInvariant[place] && (Hoists || _micros[place].Op.Operands == 0);

    public bool IsConstant(int place) => _micros[place].Op == MicroOp.Constant;

    /// <summary>
    /// The vectors that are worth computing side by side: as many as the registers hold together with the constants, which the JIT keeps there
    /// once each is read several times. One vector alone has its constants in memory. A register too few costs twice the time: spilled vectors
    /// may lie across the lines of the cache. Nor are more than two lines of an array worth reading at a time, which streams from memory
    /// take badly.
    /// </summary>
    /// <param name="registers">The registers of a processor.</param>
    /// <param name="bytes">The bytes of a vector.</param>
    public int Interleave(int registers, int bytes)
    {
        var (pressure, constants) = Pressure();
        var interleave = Math.Min(MostVectors, TwoLines / bytes);
        while (interleave > 1 && (interleave * pressure) + constants > registers - 2)
        {
            interleave /= 2;
        }

        return interleave;
    }

    /// <summary>What the stores and guards need: nothing else is worth computing.</summary>
    public bool[] Live()
    {
        var live = new bool[_micros.Count];
        foreach (var guard in _guards)
        {
            live[guard] = true;
        }

        foreach (var store in Stores)
        {
            live[store.Source] = true;
        }

        for (var place = _micros.Count - 1; place >= 0; place--)
        {
            for (var k = 0; live[place] && k < _micros[place].Op.Operands; k++)
            {
                live[_micros[place].Operand(k)] = true;
            }
        }

        return live;
    }

    /// <summary>The most values of one vector that wait to be read at a time, and the values that stand still all the while.</summary>
    private (int Values, int Constants) Pressure()
    {
        var live = Live();
        var last = new int[_micros.Count];
        foreach (var store in Stores)
        {
            last[store.Source] = int.MaxValue;
        }

        var (now, most, constants) = (0, 0, 0);
        for (var place = 0; place < live.Length; place++)
        {
            constants += live[place] && IsInvariant(place) ? 1 : 0;
        }

        for (var place = _micros.Count - 1; place >= 0; place--)
        {
            for (var k = 0; live[place] && k < _micros[place].Op.Operands; k++)
            {
                var operand = _micros[place].Operand(k);
                last[operand] = Math.Max(last[operand], place);
            }
        }

        var ending = Enumerable.Range(0, _micros.Count).ToLookup(place => last[place]);
        for (var place = 0; place < _micros.Count; place++)
        {
            if (live[place] && !IsInvariant(place))
            {
                now += 1 - ending[place].Count(operand => !IsInvariant(operand));
                most = Math.Max(most, now);
            }
        }

        return (most, constants);
    }

    private bool IsInvariantHere(Micro micro)
    {
        if (micro.Op == MicroOp.Numbers || micro.Op == MicroOp.Mask)
        {
            return false;
        }

        for (var k = 0; k < micro.Op.Operands; k++)
        {
            if (!_isInvariant[micro.Operand(k)])
            {
                return false;
            }
        }

        return true;
    }
}
