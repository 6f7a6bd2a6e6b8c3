using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// Makes a program of neighbouring ops that are a little arithmetic each. What the next step reads stays in the accumulator: so ops are put in an order in
/// which as much as possible does, and a product that is only added to something is part of that step.
/// </summary>
internal sealed class TileArithmetic
{
    private readonly TileOperands _places;
    private readonly List<Term> _terms = [];
    private readonly Dictionary<PlanValue, int> _termOf = [];
    private readonly List<int> _order = [];

    private TileArithmetic(TileOperands places) => _places = places;

    /// <param name="task">The ops, in order, and their bodies.</param>
    /// <param name="operandsOf">The places of what a value is made of, if that is not of the program.</param>
    /// <param name="resultOf">The place of a value that others read too; below zero if there are none.</param>
    /// <param name="places">Hands out tiles.</param>
    public static TileProgram Of(
        TileTask task, Func<PlanValue, int[]> operandsOf, Func<PlanValue, int> resultOf, TileOperands places)
    {
        var program = new TileArithmetic(places);
        foreach (var (value, body) in task.Values.Zip(task.Bodies))
        {
            program.Add(value, body, operandsOf(value));
        }

        program.FindProducts(task.Values.Where(value => resultOf(value) >= 0));
        foreach (var value in task.Values)
        {
            if (resultOf(value) is >= 0 and var place)
            {
                program._terms[program._termOf[value]].Result = place;
                program.Schedule(program._termOf[value]);
            }
        }

        return new TileProgram(program.Steps(), places.StandsStill);
    }

    // What a term reads: another term, or the complement of a place.
    private void Add(PlanValue value, ArithmeticBody body, int[] places)
    {
        var first = _terms.Count;
        foreach (var (code, a, b, c) in body.Terms)
        {
            _terms.Add(new Term(code, [.. new[] { a, b, c }.Take(Operands(code)).Select(Source)]));
        }

        _termOf.Add(value, _terms.Count - 1);

        int Source(int operand) => operand < 0 ? ~_places.Repeat(body.Constants[~operand])
            : operand >= ArithmeticBody.FirstTerm ? first + operand - ArithmeticBody.FirstTerm
            : _termOf.TryGetValue(value.Operands[operand].Value, out var term) ? term
            : ~places[operand];
    }

    // A product that one sum or difference takes, and nobody else.
    private void FindProducts(IEnumerable<PlanValue> results)
    {
        var readers = new int[_terms.Count];
        foreach (var operand in _terms.SelectMany(term => term.Operands).Concat(results.Select(value => _termOf[value])))
        {
            if (operand >= 0)
            {
                readers[operand]++;
            }
        }

        foreach (var term in _terms)
        {
            if (term.Code is ArithmeticCode.Add or ArithmeticCode.Subtract && term.Operands[1] is >= 0 and var operand
                && readers[operand] == 1 && _terms[operand].Code == ArithmeticCode.Multiply)
            {
                term.Code = term.Code == ArithmeticCode.Add ? ArithmeticCode.PlusProduct : ArithmeticCode.MinusProduct;
                term.Operands = [term.Operands[0], .. _terms[operand].Operands];
            }
        }
    }

    // Chains of terms that each go on with the one before stay together; what else they read comes before them.
    private void Schedule(int last)
    {
        var chain = new List<int>();
        for (var term = last; term >= 0 && !_terms[term].IsScheduled; term = Unscheduled(_terms[term]))
        {
            chain.Add(term);
        }

        for (var k = chain.Count - 1; k >= 0; k--)
        {
            foreach (var operand in _terms[chain[k]].Operands)
            {
                if (operand >= 0 && (k == chain.Count - 1 || operand != chain[k + 1]))
                {
                    Schedule(operand);
                }
            }
        }

        for (var k = chain.Count - 1; k >= 0; k--)
        {
            if (!_terms[chain[k]].IsScheduled)
            {
                _terms[chain[k]].IsScheduled = true;
                _order.Add(chain[k]);
            }
        }
    }

    private int Unscheduled(Term term)
    {
        foreach (var operand in term.Operands)
        {
            if (operand >= 0 && !_terms[operand].IsScheduled)
            {
                return operand;
            }
        }

        return -1;
    }

    private ArithmeticStep[] Steps()
    {
        // Which step reads what from memory decides what has to be stored.
        var forms = new List<(int Term, ArithmeticCode Code, int X, int Y, int Z)>();
        var lastRead = new Dictionary<int, int>();
        for (var at = 0; at < _order.Count; at++)
        {
            foreach (var form in Forms(_terms[_order[at]], at > 0 ? _order[at - 1] : int.MaxValue))
            {
                foreach (var operand in (ReadOnlySpan<int>)[form.X, form.Y, form.Z])
                {
                    if (operand >= 0)
                    {
                        lastRead[operand] = forms.Count;
                    }
                }

                forms.Add((_order[at], form.Code, form.X, form.Y, form.Z));
            }
        }

        var held = new TileHeld(forms, term => _terms[term].Result >= 0);
        var steps = new List<ArithmeticStep>(forms.Count + 2);
        for (var at = 0; at < forms.Count; at++)
        {
            held.Begin(steps, at);
            var (term, code, x, y, z) = forms[at];
            var (step, inY, inZ) = held.In(code, y, z, at);
            var (atX, atY, atZ) = (held.Holder(x, at) is var register and not Accumulator ? register : Place(x), Math.Max(Place(inY), 0), Math.Max(Place(inZ), 0));
            foreach (var operand in (int[])[.. new[] { x, y, z }.Where(operand => operand >= 0).Distinct()])
            {
                if (lastRead[operand] == at && _terms[operand].Result < 0 && !held.Holds(operand))
                {
                    _places.FreeBlock(_terms[operand].Tile);
                }
            }

            var result = -1;
            if ((at + 1 == forms.Count || forms[at + 1].Term != term) && (_terms[term].Result >= 0 || (lastRead.ContainsKey(term) && !held.Holds(term))))
            {
                result = _terms[term].Tile = _terms[term].Result >= 0 ? _terms[term].Result : _places.NewBlock();
            }

            steps.Add(new ArithmeticStep(step, atX, atY, atZ, result, held.Result(at)));
        }

        return [.. steps];
    }

    private int Place(int operand) => operand == Accumulator ? -1 : operand >= 0 ? _terms[operand].Tile : ~operand;

    // No place has this complement.
    public const int Accumulator = int.MinValue;

    // The steps of a term, what they read in memory as it was put down; the accumulator has the term before. A product that is added to y is a·z or y·z.
    private static (ArithmeticCode Code, int X, int Y, int Z)[] Forms(Term term, int before)
    {
        var (code, a) = (term.Code, term.Operands[0]);
        var b = term.Operands.Length > 1 ? term.Operands[1] : Accumulator;
        var c = term.Operands.Length > 2 ? term.Operands[2] : Accumulator;
        if (code == ArithmeticCode.Multiply && a == b)
        {
            return [(ArithmeticCode.Square, a == before ? Accumulator : a, Accumulator, Accumulator)];
        }

        if (a == before)
        {
            return [code == ArithmeticCode.MultiplyAdd ? (code, Accumulator, c, b) : (code, Accumulator, b, c)];
        }

        var isProduct = code is ArithmeticCode.PlusProduct or ArithmeticCode.MinusProduct;
        if (isProduct && (b == before || c == before))
        {
            var first = b == c ? (ArithmeticCode.Square, Accumulator, Accumulator, Accumulator) : (ArithmeticCode.Multiply, Accumulator, b == before ? c : b, Accumulator);
            return [first, (code == ArithmeticCode.PlusProduct ? ArithmeticCode.Add : ArithmeticCode.SubtractFrom, Accumulator, a, Accumulator)];
        }

        if (code == ArithmeticCode.MultiplyAdd && (b == before || c == before))
        {
            return b == before ? [(code, Accumulator, c, a)] : [(ArithmeticCode.AddProduct, Accumulator, a, b)];
        }

        return b == before && Reversed(code) is { } reversed ? [(reversed, Accumulator, a, Accumulator)]
            : code == ArithmeticCode.MultiplyAdd ? [(code, a, c, b)] : [(code, a, b, c)];
    }

    private static ArithmeticCode? Reversed(ArithmeticCode code) => code switch
    {
        ArithmeticCode.Subtract => ArithmeticCode.SubtractFrom,
        ArithmeticCode.Divide => ArithmeticCode.DivideInto,
        ArithmeticCode.Add or ArithmeticCode.Multiply or ArithmeticCode.Min or ArithmeticCode.Max => code,
        _ => null,
    };

    private static int Operands(ArithmeticCode code) => code switch
    {
        ArithmeticCode.Negate or ArithmeticCode.Abs or ArithmeticCode.Sqrt => 1,
        ArithmeticCode.MultiplyAdd => 3,
        _ => 2,
    };

    private sealed class Term(ArithmeticCode code, int[] operands)
    {
        public ArithmeticCode Code { get; set; } = code;

        public int[] Operands { get; set; } = operands;

        public bool IsScheduled { get; set; }

        /// <summary>Where others look for it; −1 if nobody does.</summary>
        public int Result { get; set; } = -1;

        /// <summary>Where it is stored.</summary>
        public int Tile { get; set; } = -1;
    }
}
