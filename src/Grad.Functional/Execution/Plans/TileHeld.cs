using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// What a program holds in registers, and when, where there are enough of these: what one step leaves for a later one, if it is soon read, for a store costs twice as
/// much as the sum before it; and between, in each of the two, one of the arrays that are read most often. A load costs as much as the sum that it is for.
/// </summary>
internal sealed class TileHeld
{
    // To load a vector takes a step of its own.
    private const int LeastReads = 3;

    // In loads.
    private const int CostOfStore = 2;

    private readonly List<(int Term, ArithmeticCode Code, int X, int Y, int Z)> _forms;
    private readonly Register[] _registers;
    private readonly HashSet<int> _terms = [];

    /// <param name="forms">The steps; what they read from arrays is below zero.</param>
    /// <param name="isStored">Whether a term is stored whatever holds it.</param>
    public TileHeld(List<(int Term, ArithmeticCode Code, int X, int Y, int Z)> forms, Func<int, bool> isStored)
    {
        _forms = forms;
        _registers = [new(ArithmeticStep.P, ArithmeticCode.HoldP, forms.Count), new(ArithmeticStep.Q, ArithmeticCode.HoldQ, forms.Count)];
        if (!Arithmetic.Holds)
        {
            return;
        }

        var reads = new Dictionary<int, List<int>>();
        var made = new Dictionary<int, int>();
        for (var at = 0; at < forms.Count; at++)
        {
            made[forms[at].Term] = at;
            foreach (var operand in Read(forms[at]))
            {
                (reads.TryGetValue(operand, out var known) ? known : reads[operand] = []).Add(at);
            }
        }

        var arrays = reads.Where(read => read.Key < 0 && read.Value.Count >= LeastReads).OrderByDescending(read => read.Value.Count).ToArray();
        for (var k = 0; k < Math.Min(arrays.Length, _registers.Length); k++)
        {
            _registers[k].Array = arrays[k].Key;
            _registers[k].Reads = arrays[k].Value;
        }

        foreach (var (term, steps) in reads.Where(read => read.Key >= 0).OrderBy(read => read.Value[^1] - made[read.Key]))
        {
            if (steps.TrueForAll(at => CanHold(term, at)))
            {
                Hold(term, made[term], steps, steps.Count + (isStored(term) ? 0 : CostOfStore));
            }
        }

        foreach (var register in _registers)
        {
            register.FillGaps(LeastReads);
        }
    }

    /// <summary>Whether a term is read from registers alone.</summary>
    public bool Holds(int term) => _terms.Contains(term);

    /// <summary>The steps before another that load what is held from then on.</summary>
    public void Begin(List<ArithmeticStep> steps, int at)
    {
        foreach (var register in _registers.Where(register => register.Loads.Contains(at)))
        {
            steps.Add(new ArithmeticStep(register.Load, ArithmeticStep.Accumulator, ~register.Array, 0, -1));
        }
    }

    /// <summary>What holds the result of a step.</summary>
    public int Result(int at) => Array.Find(_registers, register => register.Made.Contains(at))?.Name ?? ArithmeticStep.Accumulator;

    /// <summary>What holds an operand that a step reads; <see cref="TileArithmetic.Accumulator"/> if nothing does.</summary>
    public int Holder(int operand, int at) => operand == TileArithmetic.Accumulator ? operand
        : Array.Find(_registers, register => register.Held[at] == operand)?.Name ?? TileArithmetic.Accumulator;

    /// <summary>A step's code and operands, as it reads what is held from there if it can.</summary>
    public (ArithmeticCode Code, int Y, int Z) In(ArithmeticCode code, int y, int z, int at)
    {
        // A term that is held stands nowhere else.
        if (IsProduct(code) && (Holder(z, at) == TileArithmetic.Accumulator || (Holder(y, at) != TileArithmetic.Accumulator && Holds(y))))
        {
            (y, z) = (z, y);
        }

        var register = TakesY(code) ? Holder(y, at) : TakesZ(code) ? Holder(z, at) : TileArithmetic.Accumulator;
        var held = register == ArithmeticStep.P ? code + 1 : register == ArithmeticStep.Q ? code + 2 : code;
        return held == code ? (code, y, z) : TakesY(code) ? (held, TileArithmetic.Accumulator, z) : (held, y, TileArithmetic.Accumulator);
    }

    // The register in whose array's place a term costs least, if it gains by it.
    private void Hold(int term, int made, List<int> steps, int gain)
    {
        var last = steps[^1];
        var best = _registers.Where(register => register.IsFree(made + 1, last)).MinBy(register => register.Cost(made + 1, last));
        if (best is null || best.Cost(made + 1, last) >= gain)
        {
            return;
        }

        best.Made.Add(made);
        best.Held.AsSpan(made + 1, last - made).Fill(term);
        _terms.Add(term);
    }

    // Whether a step can read a term from a register: not two terms, if it has one operand for that.
    private bool CanHold(int term, int at)
    {
        var (_, code, x, y, z) = _forms[at];
        return (y != term || (TakesY(code) ? true : IsProduct(code) && z != term && !Holds(z)))
            && (z != term || (TakesZ(code) && (!IsProduct(code) || !Holds(y))));
    }

    // What a step reads from memory, once each.
    private static IEnumerable<int> Read((int Term, ArithmeticCode Code, int X, int Y, int Z) form) =>
        new[] { form.X, form.Y, form.Z }.Where(operand => operand != TileArithmetic.Accumulator).Distinct();

    // The codes that are followed by those of p and q, in place of y or of z.
    private static bool TakesY(ArithmeticCode code) =>
        code is ArithmeticCode.Add or ArithmeticCode.Subtract or ArithmeticCode.SubtractFrom or ArithmeticCode.Multiply;

    private static bool TakesZ(ArithmeticCode code) => code == ArithmeticCode.MultiplyAdd || IsProduct(code);

    private static bool IsProduct(ArithmeticCode code) =>
        code is ArithmeticCode.AddProduct or ArithmeticCode.PlusProduct or ArithmeticCode.MinusProduct;

    private sealed class Register(int name, ArithmeticCode load, int steps)
    {
        public int Name => name;

        public ArithmeticCode Load => load;

        /// <summary>The array that it holds where it holds no term, and the steps that read it.</summary>
        public int Array { get; set; } = TileArithmetic.Accumulator;

        public List<int> Reads { get; set; } = [];

        /// <summary>What it holds while a step reads.</summary>
        public int[] Held { get; } = [.. Enumerable.Repeat(TileArithmetic.Accumulator, steps)];

        /// <summary>The steps whose result it holds.</summary>
        public HashSet<int> Made { get; } = [];

        /// <summary>The steps before which it is loaded.</summary>
        public HashSet<int> Loads { get; } = [];

        public bool IsFree(int first, int last) => Held.AsSpan(first, last - first + 1).IndexOfAnyExcept(TileArithmetic.Accumulator) < 0;

        /// <summary>The loads that it costs to hold something else from a step to another.</summary>
        public int Cost(int first, int last)
        {
            var inside = Reads.Count(at => at >= first && at <= last && Held[at] == TileArithmetic.Accumulator);
            return Reads.Count == 0 || Reads[0] > last || Reads[^1] < first ? 0 : inside + 1;
        }

        /// <summary>Holds the array where nothing else is held, if enough steps read it there.</summary>
        public void FillGaps(int leastReads)
        {
            for (int from = 0, end; from < Held.Length; from = end + 1)
            {
                for (end = from; end < Held.Length && Held[end] == TileArithmetic.Accumulator; end++)
                {
                }

                var inside = Reads.Where(at => at >= from && at < end).ToArray();
                if (inside.Length >= leastReads)
                {
                    Loads.Add(inside[0]);
                    Held.AsSpan(inside[0], inside[^1] - inside[0] + 1).Fill(Array);
                }
            }
        }
    }
}
