using System.Runtime.CompilerServices;

namespace Grad.Simd;

// Pointers to lanes: these hold no references.
#pragma warning disable CS8500

/// <summary>
/// Runs a program of sums, products and their like over arrays side by side. Eight vectors go through all of it before the next eight do: a value that the
/// next step reads stays in registers, the others go no further than the nearest cache.
/// </summary>
/// <remarks>
/// An element has the bits that the lanes' own operations give it, wherever it stands. What the program writes may only be read by itself: elements at the end
/// may be computed twice.
/// </remarks>
internal static unsafe class Arithmetic
{
    /// <summary>Whether programs may hold values in p and q: with the accumulator these are twenty-four vectors, which must all be registers.</summary>
    public static bool Holds => F64x32.IsAccelerated;

    /// <summary>The elements that a number is repeated for, to be read as an array that stands still.</summary>
    public static int Repeated<T>() where T : unmanaged => ArithmeticLoop.Vectors * Widest.MaxCount * sizeof(float) / sizeof(T);

    /// <param name="steps">The program.</param>
    /// <param name="addresses">The first elements of what it reads and writes.</param>
    /// <param name="running">
    /// The arrays that run. The others stand still: they have <see cref="Repeated{T}"/> elements, all the same if they are read only, else what one step leaves for another.
    /// </param>
    /// <param name="count">The elements.</param>
    public static void Run<T>(ReadOnlySpan<ArithmeticStep> steps, nint* addresses, ReadOnlySpan<int> running, int count) where T : unmanaged
    {
        if (count == 0 || steps.IsEmpty)
            return;

        // Too few for eight vectors go one at a time.
        if (Holds && count >= ArithmeticLoop.Vectors * WideLane.Size / sizeof(T))
        {
            fixed (ArithmeticStep* first = steps)
            fixed (int* run = running)
            {
                ArithmeticTable table = new(addresses, run, running.Length);
                if (typeof(T) == typeof(double))
                    ArithmeticLoop.Run<F64x32>(first, first + steps.Length, table, (nint)count * sizeof(T));
                else
                    ArithmeticLoop.Run<F32x64>(first, first + steps.Length, table, (nint)count * sizeof(T));
            }
        }
        else
        {
            var narrow = new Narrow(steps, addresses, running, count);
            Widest.Run<Narrow, T>(ref narrow, count);
        }
    }

    private readonly ref struct Narrow(ReadOnlySpan<ArithmeticStep> steps, nint* addresses, ReadOnlySpan<int> running, int count) : ILoop
    {
        private readonly ReadOnlySpan<ArithmeticStep> steps = steps;
        private readonly ReadOnlySpan<int> running = running;

        public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
        {
            fixed (ArithmeticStep* first = steps)
            fixed (int* run = running)
            {
                ArithmeticTable table = new(addresses, run, running.Length);
                if (!Holds && count >= ArithmeticLoop.Vectors * V.Count)
                    ArithmeticNarrow.Run<V>(first, first + steps.Length, table, (nint)count * sizeof(E));
                else
                    Singles<V>(steps, table, (nint)count * sizeof(E));
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void Singles<V>(ReadOnlySpan<ArithmeticStep> steps, ArithmeticTable table, nint bytes)
            where V : struct, ILane<V>
        {
            nint* addresses = table.Addresses;
            V a = default, p = default, q = default;
            for (nint rest = bytes; ; rest -= sizeof(V))
            {
                foreach (ref readonly var step in steps)
                {
                    if (step.X >= 0)
                        a = *(V*)addresses[step.X];
                    else
                        a = step.X == ArithmeticStep.Accumulator ? a : step.X == ArithmeticStep.P ? p : q;
                    V* y = (V*)addresses[step.Y], z = (V*)addresses[step.Z];
                    switch (step.Code)
                    {
                        case ArithmeticCode.Add: a += *y; break;
                        case ArithmeticCode.AddP: a += p; break;
                        case ArithmeticCode.AddQ: a += q; break;
                        case ArithmeticCode.Subtract: a -= *y; break;
                        case ArithmeticCode.SubtractP: a -= p; break;
                        case ArithmeticCode.SubtractQ: a -= q; break;
                        case ArithmeticCode.SubtractFrom: a = *y - a; break;
                        case ArithmeticCode.SubtractFromP: a = p - a; break;
                        case ArithmeticCode.SubtractFromQ: a = q - a; break;
                        case ArithmeticCode.Multiply: a *= *y; break;
                        case ArithmeticCode.MultiplyP: a *= p; break;
                        case ArithmeticCode.MultiplyQ: a *= q; break;
                        case ArithmeticCode.Square: a *= a; break;
                        case ArithmeticCode.Divide: a /= *y; break;
                        case ArithmeticCode.DivideInto: a = *y / a; break;
                        case ArithmeticCode.MultiplyAdd: a = V.MultiplyAdd(a, *z, *y); break;
                        case ArithmeticCode.MultiplyAddP: a = V.MultiplyAdd(a, p, *y); break;
                        case ArithmeticCode.MultiplyAddQ: a = V.MultiplyAdd(a, q, *y); break;
                        case ArithmeticCode.AddProduct: a = V.MultiplyAdd(*y, *z, a); break;
                        case ArithmeticCode.AddProductP: a = V.MultiplyAdd(*y, p, a); break;
                        case ArithmeticCode.AddProductQ: a = V.MultiplyAdd(*y, q, a); break;
                        case ArithmeticCode.PlusProduct: a += *y * *z; break;
                        case ArithmeticCode.PlusProductP: a += *y * p; break;
                        case ArithmeticCode.PlusProductQ: a += *y * q; break;
                        case ArithmeticCode.MinusProduct: a -= *y * *z; break;
                        case ArithmeticCode.MinusProductP: a -= *y * p; break;
                        case ArithmeticCode.MinusProductQ: a -= *y * q; break;
                        case ArithmeticCode.Negate: a = -a; break;
                        case ArithmeticCode.Min: a = V.Min(a, *y); break;
                        case ArithmeticCode.Max: a = V.Max(a, *y); break;
                        case ArithmeticCode.Abs: a = V.Abs(a); break;
                        case ArithmeticCode.Sqrt: a = V.Sqrt(a); break;
                        case ArithmeticCode.HoldP: p = *y; break;
                        case ArithmeticCode.HoldQ: q = *y; break;
                        case ArithmeticCode.None: break;
                        default: ArithmeticStep.ThrowUnknown(step.Code); break;
                    }

                    if (step.Result >= 0)
                        *(V*)addresses[step.Result] = a;
                    p = step.Held == ArithmeticStep.P ? a : p;
                    q = step.Held == ArithmeticStep.Q ? a : q;
                }

                if (rest <= sizeof(V))
                    break;
                table.Advance(Math.Min(sizeof(V), rest - sizeof(V)));
            }

            table.Advance(sizeof(V) - bytes);
        }
    }
}
