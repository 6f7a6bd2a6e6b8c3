using System.Runtime.CompilerServices;

namespace Grad.Simd;

// Pointers to lanes: these hold no references.
#pragma warning disable CS8500

/// <summary>The loop of <see cref="Arithmetic"/>: eight vectors go through a program at a time.</summary>
/// <remarks>
/// All of it stays in registers, without a spill or a call. The JIT inlines only so many calls into a method, which is why four vectors are one operand.
/// </remarks>
internal static unsafe class ArithmeticLoop
{
    /// <summary>The vectors that go together.</summary>
    public const int Vectors = 8;

    /// <summary>Runs a program over eight vectors after the other; the last end flush with the elements.</summary>
    /// <param name="first">The program.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="arrays">What it reads and writes; goes on through the elements and back to the first.</param>
    /// <param name="bytes">The bytes of the elements, eight vectors at least.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<B>(ArithmeticStep* first, ArithmeticStep* end, ArithmeticTable arrays, nint bytes)
        where B : struct, IArithmeticBlock<B>
    {
        B a = default, b = default, p0 = default, p1 = default, q0 = default, q1 = default;
        nint* table = arrays.Addresses;
        for (nint rest = bytes; ; rest -= 2 * sizeof(B))
        {
            for (var step = first; step != end; step++)
            {
                if (step->X >= 0)
                {
                    B* x = (B*)table[step->X];
                    a = x[0]; b = x[1];
                }
                else if (step->X == ArithmeticStep.P)
                {
                    a = p0; b = p1;
                }
                else if (step->X == ArithmeticStep.Q)
                {
                    a = q0; b = q1;
                }

                B* y = (B*)table[step->Y], z;
                switch (step->Code)
                {
                    case ArithmeticCode.Add:
                        a += y[0]; b += y[1];
                        break;
                    case ArithmeticCode.AddP:
                        a += p0; b += p1;
                        break;
                    case ArithmeticCode.AddQ:
                        a += q0; b += q1;
                        break;
                    case ArithmeticCode.Subtract:
                        a -= y[0]; b -= y[1];
                        break;
                    case ArithmeticCode.SubtractP:
                        a -= p0; b -= p1;
                        break;
                    case ArithmeticCode.SubtractQ:
                        a -= q0; b -= q1;
                        break;
                    case ArithmeticCode.SubtractFrom:
                        a = y[0] - a; b = y[1] - b;
                        break;
                    case ArithmeticCode.SubtractFromP:
                        a = p0 - a; b = p1 - b;
                        break;
                    case ArithmeticCode.SubtractFromQ:
                        a = q0 - a; b = q1 - b;
                        break;
                    case ArithmeticCode.Multiply:
                        a *= y[0]; b *= y[1];
                        break;
                    case ArithmeticCode.MultiplyP:
                        a *= p0; b *= p1;
                        break;
                    case ArithmeticCode.MultiplyQ:
                        a *= q0; b *= q1;
                        break;
                    case ArithmeticCode.Square:
                        a *= a; b *= b;
                        break;
                    case ArithmeticCode.Divide:
                        a /= y[0]; b /= y[1];
                        break;
                    case ArithmeticCode.DivideInto:
                        a = y[0] / a; b = y[1] / b;
                        break;
                    case ArithmeticCode.MultiplyAdd:
                        z = (B*)table[step->Z];
                        a = B.MultiplyAdd(a, z[0], y[0]); b = B.MultiplyAdd(b, z[1], y[1]);
                        break;
                    case ArithmeticCode.MultiplyAddP:
                        a = B.MultiplyAdd(a, p0, y[0]); b = B.MultiplyAdd(b, p1, y[1]);
                        break;
                    case ArithmeticCode.MultiplyAddQ:
                        a = B.MultiplyAdd(a, q0, y[0]); b = B.MultiplyAdd(b, q1, y[1]);
                        break;
                    case ArithmeticCode.AddProduct:
                        z = (B*)table[step->Z];
                        a = B.MultiplyAdd(y[0], z[0], a); b = B.MultiplyAdd(y[1], z[1], b);
                        break;
                    case ArithmeticCode.AddProductP:
                        a = B.MultiplyAdd(y[0], p0, a); b = B.MultiplyAdd(y[1], p1, b);
                        break;
                    case ArithmeticCode.AddProductQ:
                        a = B.MultiplyAdd(y[0], q0, a); b = B.MultiplyAdd(y[1], q1, b);
                        break;
                    case ArithmeticCode.PlusProduct:
                        z = (B*)table[step->Z];
                        a += y[0] * z[0]; b += y[1] * z[1];
                        break;
                    case ArithmeticCode.PlusProductP:
                        a += y[0] * p0; b += y[1] * p1;
                        break;
                    case ArithmeticCode.PlusProductQ:
                        a += y[0] * q0; b += y[1] * q1;
                        break;
                    case ArithmeticCode.MinusProduct:
                        z = (B*)table[step->Z];
                        a -= y[0] * z[0]; b -= y[1] * z[1];
                        break;
                    case ArithmeticCode.MinusProductP:
                        a -= y[0] * p0; b -= y[1] * p1;
                        break;
                    case ArithmeticCode.MinusProductQ:
                        a -= y[0] * q0; b -= y[1] * q1;
                        break;
                    case ArithmeticCode.Negate:
                        a = -a; b = -b;
                        break;
                    case ArithmeticCode.Min:
                        a = B.Min(a, y[0]); b = B.Min(b, y[1]);
                        break;
                    case ArithmeticCode.Max:
                        a = B.Max(a, y[0]); b = B.Max(b, y[1]);
                        break;
                    case ArithmeticCode.Abs:
                        a = B.Abs(a); b = B.Abs(b);
                        break;
                    case ArithmeticCode.Sqrt:
                        a = B.Sqrt(a); b = B.Sqrt(b);
                        break;
                    case ArithmeticCode.HoldP:
                        p0 = y[0]; p1 = y[1];
                        break;
                    case ArithmeticCode.HoldQ:
                        q0 = y[0]; q1 = y[1];
                        break;
                    case ArithmeticCode.None:
                        break;
                    default:
                        ArithmeticStep.ThrowUnknown(step->Code);
                        break;
                }

                if (step->Result >= 0)
                {
                    B* result = (B*)table[step->Result];
                    result[0] = a; result[1] = b;
                }

                if (step->Held == ArithmeticStep.P)
                {
                    p0 = a; p1 = b;
                }
                else if (step->Held == ArithmeticStep.Q)
                {
                    q0 = a; q1 = b;
                }
            }

            if (rest <= 2 * sizeof(B))
                break;
            arrays.Advance(Math.Min(2 * sizeof(B), rest - 2 * sizeof(B)));
        }

        arrays.Advance(2 * sizeof(B) - bytes);
    }
}
