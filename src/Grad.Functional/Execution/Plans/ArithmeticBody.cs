using Grad.Simd;

namespace Grad.Functional;

/// <summary>The body of an op that consists of a few sums, products and their like: what an interpreter runs without a kernel for each op.</summary>
internal sealed class ArithmeticBody
{
    /// <summary>Where terms begin among what a term can read: before them stand the op's operands. A constant is the complement of its place.</summary>
    public const int FirstTerm = 3;

    // A longer one has a kernel that does more between a load and a store.
    private const int MostTerms = 6;

    private readonly List<ArithmeticTerm> _terms = [];
    private readonly List<double> _constants = [];
    private bool _isArithmetic = true;

    private ArithmeticBody()
    {
    }

    /// <summary>The body that is being read on this thread.</summary>
    [field: ThreadStatic]
    public static ArithmeticBody? Current { get; private set; }

    /// <summary>What is computed, in order; the last is the result.</summary>
    public IReadOnlyList<ArithmeticTerm> Terms => _terms;

    /// <summary>The numbers that come with the body.</summary>
    public IReadOnlyList<double> Constants => _constants;

    /// <summary>The body of an op, run once on lanes that note what is asked of them; null if it is more than a little arithmetic.</summary>
    public static ArithmeticBody? Of(PlanValue value)
    {
        var type = value.Node.ElementType;
        if (value.Node.Op is not IElementwiseOp op || (type != typeof(double) && type != typeof(float))
            || !Array.TrueForAll(value.Operands, operand => operand.View.ElementType == type))
        {
            return null;
        }

        return Of(op, value.Operands.Length);
    }

    /// <summary>Whether an op is no more than a little arithmetic.</summary>
    public static bool IsArithmetic(IElementwiseOp op, int operandCount) => Of(op, operandCount) is not null;

    private static ArithmeticBody? Of(IElementwiseOp op, int operandCount)
    {
        var outer = Current;
        var body = Current = new ArithmeticBody();
        try
        {
            Span<ArithmeticLane> operands = [ArithmeticLane.At(0), ArithmeticLane.At(1), ArithmeticLane.At(2)];
            var result = op.Eval<ArithmeticLane>(operands[..operandCount]);
            var isLast = result.Place == FirstTerm + body._terms.Count - 1;
            return body._isArithmetic && isLast && body._terms.Count is > 0 and <= MostTerms ? body : null;
        }
        finally
        {
            Current = outer;
        }
    }

    public int Constant(double value)
    {
        _constants.Add(value);
        return ~(_constants.Count - 1);
    }

    public int Make(ArithmeticCode code, int a, int b = -1, int c = -1)
    {
        _terms.Add(new ArithmeticTerm(code, a, b, c));
        return FirstTerm + _terms.Count - 1;
    }

    /// <summary>Notes that the body is more than arithmetic.</summary>
    public int GiveUp()
    {
        _isArithmetic = false;
        return FirstTerm;
    }
}

/// <summary>A sum, a product or the like.</summary>
/// <param name="Code">What it is, with a as the accumulator, b as y, c as z.</param>
/// <param name="A">The first operand.</param>
/// <param name="B">The second.</param>
/// <param name="C">The third.</param>
internal readonly record struct ArithmeticTerm(ArithmeticCode Code, int A, int B, int C);
