using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The two arrays that a program reads most often: they are read once for eight vectors and held in registers, where there are enough of these. A load costs as much
/// as the sum that it is for.
/// </summary>
internal readonly struct TileHeld
{
    // To load a vector takes a step of its own.
    private const int LeastReads = 3;

    private readonly int _p, _q;

    private TileHeld(int p, int q) => (_p, _q) = (p, q);

    /// <param name="forms">The steps; what they read from arrays is below zero.</param>
    public static TileHeld Of(List<(int Term, ArithmeticCode Code, int X, int Y, int Z)> forms)
    {
        var reads = new Dictionary<int, int>();
        foreach (var (_, code, x, y, z) in Arithmetic.Holds ? forms : [])
        {
            Count(x);
            Count(TakesY(code) || IsProduct(code) ? y : TileArithmetic.Accumulator);
            Count(TakesZ(code) && (z != y || !IsProduct(code)) ? z : TileArithmetic.Accumulator);
        }

        var (p, q) = (TileArithmetic.Accumulator, TileArithmetic.Accumulator);
        foreach (var (operand, count) in reads)
        {
            if (count >= LeastReads && count > reads.GetValueOrDefault(p))
            {
                (p, q) = (operand, p);
            }
            else if (count >= LeastReads && count > reads.GetValueOrDefault(q))
            {
                q = operand;
            }
        }

        return new TileHeld(p, q);

        void Count(int operand)
        {
            if (operand < 0 && operand != TileArithmetic.Accumulator)
            {
                reads[operand] = reads.GetValueOrDefault(operand) + 1;
            }
        }
    }

    /// <summary>The steps that load what is held.</summary>
    public void Begin(List<ArithmeticStep> steps)
    {
        foreach (var (code, operand) in ((ArithmeticCode, int)[])[(ArithmeticCode.HoldP, _p), (ArithmeticCode.HoldQ, _q)])
        {
            if (operand != TileArithmetic.Accumulator)
            {
                steps.Add(new ArithmeticStep(code, ArithmeticStep.Accumulator, ~operand, 0, -1));
            }
        }
    }

    /// <summary>What holds an operand; <see cref="TileArithmetic.Accumulator"/> if nothing does.</summary>
    public int Register(int operand) => operand == TileArithmetic.Accumulator ? operand
        : operand == _p ? ArithmeticStep.P
        : operand == _q ? ArithmeticStep.Q
        : TileArithmetic.Accumulator;

    /// <summary>A step's code and operands, as it reads what is held from there if it can.</summary>
    public (ArithmeticCode Code, int Y, int Z) In(ArithmeticCode code, int y, int z)
    {
        if (IsProduct(code) && Register(z) == TileArithmetic.Accumulator)
        {
            (y, z) = (z, y);
        }

        var register = TakesY(code) ? Register(y) : TakesZ(code) ? Register(z) : TileArithmetic.Accumulator;
        var held = register == ArithmeticStep.P ? code + 1 : register == ArithmeticStep.Q ? code + 2 : code;
        return held == code ? (code, y, z) : TakesY(code) ? (held, TileArithmetic.Accumulator, z) : (held, y, TileArithmetic.Accumulator);
    }

    // The codes that are followed by those of p and q, in place of y or of z.
    private static bool TakesY(ArithmeticCode code) =>
        code is ArithmeticCode.Add or ArithmeticCode.Subtract or ArithmeticCode.SubtractFrom or ArithmeticCode.Multiply;

    private static bool TakesZ(ArithmeticCode code) => code == ArithmeticCode.MultiplyAdd || IsProduct(code);

    private static bool IsProduct(ArithmeticCode code) =>
        code is ArithmeticCode.AddProduct or ArithmeticCode.PlusProduct or ArithmeticCode.MinusProduct;
}
