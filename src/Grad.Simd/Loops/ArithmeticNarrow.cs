using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// The loop of <see cref="Arithmetic"/> where there are no wide lanes: eight vectors in as many registers, nothing held. A method inlines only so many calls, with 409 of
/// them here none is left.
/// </summary>
internal static unsafe class ArithmeticNarrow
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, E>(ArithmeticStep* first, ArithmeticStep* end, nint* addresses, nint* runs, nint bytes)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        // Of fewer than eight vectors some are computed more than once.
        nint size = V.Count * sizeof(E);
        nint last = bytes - size;
        nint atB = Math.Min(size, last);
        nint atC = Math.Min(2 * size, last);
        nint atD = Math.Min(3 * size, last);
        nint atE = Math.Min(4 * size, last);
        nint atF = Math.Min(5 * size, last);
        nint atG = Math.Min(6 * size, last);
        nint atH = Math.Min(7 * size, last);
        V a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nint start = 0; start < bytes; start += 8 * size)
        {
            nint at = Math.Max(Math.Min(start, bytes - 8 * size), 0);
            for (var step = first; step != end; step++)
            {
                if (step->X >= 0)
                {
                    nint x = addresses[step->X] + (at & runs[step->X]);
                    a = V.Load(in *(E*)x);
                    b = V.Load(in *(E*)(x + atB));
                    c = V.Load(in *(E*)(x + atC));
                    d = V.Load(in *(E*)(x + atD));
                    e = V.Load(in *(E*)(x + atE));
                    f = V.Load(in *(E*)(x + atF));
                    g = V.Load(in *(E*)(x + atG));
                    h = V.Load(in *(E*)(x + atH));
                }

                nint y = addresses[step->Y] + (at & runs[step->Y]);
                switch (step->Code)
                {
                    case ArithmeticCode.Add:
                        a += V.Load(in *(E*)y);
                        b += V.Load(in *(E*)(y + atB));
                        c += V.Load(in *(E*)(y + atC));
                        d += V.Load(in *(E*)(y + atD));
                        e += V.Load(in *(E*)(y + atE));
                        f += V.Load(in *(E*)(y + atF));
                        g += V.Load(in *(E*)(y + atG));
                        h += V.Load(in *(E*)(y + atH));
                        break;
                    case ArithmeticCode.Subtract:
                        a -= V.Load(in *(E*)y);
                        b -= V.Load(in *(E*)(y + atB));
                        c -= V.Load(in *(E*)(y + atC));
                        d -= V.Load(in *(E*)(y + atD));
                        e -= V.Load(in *(E*)(y + atE));
                        f -= V.Load(in *(E*)(y + atF));
                        g -= V.Load(in *(E*)(y + atG));
                        h -= V.Load(in *(E*)(y + atH));
                        break;
                    case ArithmeticCode.SubtractFrom:
                        a = V.Load(in *(E*)y) - a;
                        b = V.Load(in *(E*)(y + atB)) - b;
                        c = V.Load(in *(E*)(y + atC)) - c;
                        d = V.Load(in *(E*)(y + atD)) - d;
                        e = V.Load(in *(E*)(y + atE)) - e;
                        f = V.Load(in *(E*)(y + atF)) - f;
                        g = V.Load(in *(E*)(y + atG)) - g;
                        h = V.Load(in *(E*)(y + atH)) - h;
                        break;
                    case ArithmeticCode.Multiply:
                        a *= V.Load(in *(E*)y);
                        b *= V.Load(in *(E*)(y + atB));
                        c *= V.Load(in *(E*)(y + atC));
                        d *= V.Load(in *(E*)(y + atD));
                        e *= V.Load(in *(E*)(y + atE));
                        f *= V.Load(in *(E*)(y + atF));
                        g *= V.Load(in *(E*)(y + atG));
                        h *= V.Load(in *(E*)(y + atH));
                        break;
                    case ArithmeticCode.Square:
                        a *= a;
                        b *= b;
                        c *= c;
                        d *= d;
                        e *= e;
                        f *= f;
                        g *= g;
                        h *= h;
                        break;
                    case ArithmeticCode.Divide:
                        a /= V.Load(in *(E*)y);
                        b /= V.Load(in *(E*)(y + atB));
                        c /= V.Load(in *(E*)(y + atC));
                        d /= V.Load(in *(E*)(y + atD));
                        e /= V.Load(in *(E*)(y + atE));
                        f /= V.Load(in *(E*)(y + atF));
                        g /= V.Load(in *(E*)(y + atG));
                        h /= V.Load(in *(E*)(y + atH));
                        break;
                    case ArithmeticCode.DivideInto:
                        a = V.Load(in *(E*)y) / a;
                        b = V.Load(in *(E*)(y + atB)) / b;
                        c = V.Load(in *(E*)(y + atC)) / c;
                        d = V.Load(in *(E*)(y + atD)) / d;
                        e = V.Load(in *(E*)(y + atE)) / e;
                        f = V.Load(in *(E*)(y + atF)) / f;
                        g = V.Load(in *(E*)(y + atG)) / g;
                        h = V.Load(in *(E*)(y + atH)) / h;
                        break;
                    case ArithmeticCode.MultiplyAdd:
                        {
                            nint z = addresses[step->Z] + (at & runs[step->Z]);
                            a = V.MultiplyAdd(a, V.Load(in *(E*)z), V.Load(in *(E*)y));
                            b = V.MultiplyAdd(b, V.Load(in *(E*)(z + atB)), V.Load(in *(E*)(y + atB)));
                            c = V.MultiplyAdd(c, V.Load(in *(E*)(z + atC)), V.Load(in *(E*)(y + atC)));
                            d = V.MultiplyAdd(d, V.Load(in *(E*)(z + atD)), V.Load(in *(E*)(y + atD)));
                            e = V.MultiplyAdd(e, V.Load(in *(E*)(z + atE)), V.Load(in *(E*)(y + atE)));
                            f = V.MultiplyAdd(f, V.Load(in *(E*)(z + atF)), V.Load(in *(E*)(y + atF)));
                            g = V.MultiplyAdd(g, V.Load(in *(E*)(z + atG)), V.Load(in *(E*)(y + atG)));
                            h = V.MultiplyAdd(h, V.Load(in *(E*)(z + atH)), V.Load(in *(E*)(y + atH)));
                            break;
                        }

                    case ArithmeticCode.AddProduct:
                        {
                            nint z = addresses[step->Z] + (at & runs[step->Z]);
                            a = V.MultiplyAdd(V.Load(in *(E*)y), V.Load(in *(E*)z), a);
                            b = V.MultiplyAdd(V.Load(in *(E*)(y + atB)), V.Load(in *(E*)(z + atB)), b);
                            c = V.MultiplyAdd(V.Load(in *(E*)(y + atC)), V.Load(in *(E*)(z + atC)), c);
                            d = V.MultiplyAdd(V.Load(in *(E*)(y + atD)), V.Load(in *(E*)(z + atD)), d);
                            e = V.MultiplyAdd(V.Load(in *(E*)(y + atE)), V.Load(in *(E*)(z + atE)), e);
                            f = V.MultiplyAdd(V.Load(in *(E*)(y + atF)), V.Load(in *(E*)(z + atF)), f);
                            g = V.MultiplyAdd(V.Load(in *(E*)(y + atG)), V.Load(in *(E*)(z + atG)), g);
                            h = V.MultiplyAdd(V.Load(in *(E*)(y + atH)), V.Load(in *(E*)(z + atH)), h);
                            break;
                        }

                    case ArithmeticCode.PlusProduct:
                        {
                            nint z = addresses[step->Z] + (at & runs[step->Z]);
                            a += V.Load(in *(E*)y) * V.Load(in *(E*)z);
                            b += V.Load(in *(E*)(y + atB)) * V.Load(in *(E*)(z + atB));
                            c += V.Load(in *(E*)(y + atC)) * V.Load(in *(E*)(z + atC));
                            d += V.Load(in *(E*)(y + atD)) * V.Load(in *(E*)(z + atD));
                            e += V.Load(in *(E*)(y + atE)) * V.Load(in *(E*)(z + atE));
                            f += V.Load(in *(E*)(y + atF)) * V.Load(in *(E*)(z + atF));
                            g += V.Load(in *(E*)(y + atG)) * V.Load(in *(E*)(z + atG));
                            h += V.Load(in *(E*)(y + atH)) * V.Load(in *(E*)(z + atH));
                            break;
                        }

                    case ArithmeticCode.MinusProduct:
                        {
                            nint z = addresses[step->Z] + (at & runs[step->Z]);
                            a -= V.Load(in *(E*)y) * V.Load(in *(E*)z);
                            b -= V.Load(in *(E*)(y + atB)) * V.Load(in *(E*)(z + atB));
                            c -= V.Load(in *(E*)(y + atC)) * V.Load(in *(E*)(z + atC));
                            d -= V.Load(in *(E*)(y + atD)) * V.Load(in *(E*)(z + atD));
                            e -= V.Load(in *(E*)(y + atE)) * V.Load(in *(E*)(z + atE));
                            f -= V.Load(in *(E*)(y + atF)) * V.Load(in *(E*)(z + atF));
                            g -= V.Load(in *(E*)(y + atG)) * V.Load(in *(E*)(z + atG));
                            h -= V.Load(in *(E*)(y + atH)) * V.Load(in *(E*)(z + atH));
                            break;
                        }

                    case ArithmeticCode.Negate:
                        a = -a;
                        b = -b;
                        c = -c;
                        d = -d;
                        e = -e;
                        f = -f;
                        g = -g;
                        h = -h;
                        break;
                    case ArithmeticCode.Min:
                        a = V.Min(a, V.Load(in *(E*)y));
                        b = V.Min(b, V.Load(in *(E*)(y + atB)));
                        c = V.Min(c, V.Load(in *(E*)(y + atC)));
                        d = V.Min(d, V.Load(in *(E*)(y + atD)));
                        e = V.Min(e, V.Load(in *(E*)(y + atE)));
                        f = V.Min(f, V.Load(in *(E*)(y + atF)));
                        g = V.Min(g, V.Load(in *(E*)(y + atG)));
                        h = V.Min(h, V.Load(in *(E*)(y + atH)));
                        break;
                    case ArithmeticCode.Max:
                        a = V.Max(a, V.Load(in *(E*)y));
                        b = V.Max(b, V.Load(in *(E*)(y + atB)));
                        c = V.Max(c, V.Load(in *(E*)(y + atC)));
                        d = V.Max(d, V.Load(in *(E*)(y + atD)));
                        e = V.Max(e, V.Load(in *(E*)(y + atE)));
                        f = V.Max(f, V.Load(in *(E*)(y + atF)));
                        g = V.Max(g, V.Load(in *(E*)(y + atG)));
                        h = V.Max(h, V.Load(in *(E*)(y + atH)));
                        break;
                    case ArithmeticCode.Abs:
                        a = V.Abs(a);
                        b = V.Abs(b);
                        c = V.Abs(c);
                        d = V.Abs(d);
                        e = V.Abs(e);
                        f = V.Abs(f);
                        g = V.Abs(g);
                        h = V.Abs(h);
                        break;
                    case ArithmeticCode.Sqrt:
                        a = V.Sqrt(a);
                        b = V.Sqrt(b);
                        c = V.Sqrt(c);
                        d = V.Sqrt(d);
                        e = V.Sqrt(e);
                        f = V.Sqrt(f);
                        g = V.Sqrt(g);
                        h = V.Sqrt(h);
                        break;
                }

                if (step->Result >= 0)
                {
                    nint result = addresses[step->Result] + at;
                    V.Store(a, ref *(E*)result);
                    V.Store(b, ref *(E*)(result + atB));
                    V.Store(c, ref *(E*)(result + atC));
                    V.Store(d, ref *(E*)(result + atD));
                    V.Store(e, ref *(E*)(result + atE));
                    V.Store(f, ref *(E*)(result + atF));
                    V.Store(g, ref *(E*)(result + atG));
                    V.Store(h, ref *(E*)(result + atH));
                }
            }
        }
    }
}
