namespace Grad.Functional;

/// <summary>What a program writes to memory: a value, to the array at a place among the pointers, or adds to accumulators there, as many as take turns.</summary>
internal readonly record struct MicroStore(int Source, int Pointer, bool IsMask, int Turns = 0);

/// <summary>
/// Micro-operations in the order in which they are computed, each at most once: equal ones share their place. Guards are masks that must
/// hold in every element for the results to be right; stores come last.
/// </summary>
internal sealed class MicroProgram
{
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
        if (micro.Op.Commutes && micro.A > micro.B)
        {
            micro = micro with { A = micro.B, B = micro.A };
        }

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
