using System.Runtime.CompilerServices;

namespace Grad.Simd;

// Pointers to lanes: these hold no references.
#pragma warning disable CS8500

/// <summary>
/// The loop of <see cref="Arithmetic"/> where there are no wide lanes: eight vectors in as many registers, nothing held.
/// </summary>
internal static unsafe class ArithmeticNarrow
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(ArithmeticStep* first, ArithmeticStep* end, ArithmeticTable arrays, nint bytes)
        where V : struct, ILane<V>
    {
        V a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        nint* table = arrays.Addresses;
        for (nint rest = bytes; ; rest -= 8 * sizeof(V))
        {
            for (var step = first; step != end; step++)
            {
                if (step->X >= 0)
                {
                    V* x = (V*)table[step->X];
                    a = x[0];
                    b = x[1];
                    c = x[2];
                    d = x[3];
                    e = x[4];
                    f = x[5];
                    g = x[6];
                    h = x[7];
                }

                V* y = (V*)table[step->Y];
                switch (step->Code)
                {
                    case ArithmeticCode.Add:
                        a += y[0];
                        b += y[1];
                        c += y[2];
                        d += y[3];
                        e += y[4];
                        f += y[5];
                        g += y[6];
                        h += y[7];
                        break;
                    case ArithmeticCode.Subtract:
                        a -= y[0];
                        b -= y[1];
                        c -= y[2];
                        d -= y[3];
                        e -= y[4];
                        f -= y[5];
                        g -= y[6];
                        h -= y[7];
                        break;
                    case ArithmeticCode.SubtractFrom:
                        a = y[0] - a;
                        b = y[1] - b;
                        c = y[2] - c;
                        d = y[3] - d;
                        e = y[4] - e;
                        f = y[5] - f;
                        g = y[6] - g;
                        h = y[7] - h;
                        break;
                    case ArithmeticCode.Multiply:
                        a *= y[0];
                        b *= y[1];
                        c *= y[2];
                        d *= y[3];
                        e *= y[4];
                        f *= y[5];
                        g *= y[6];
                        h *= y[7];
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
                        a /= y[0];
                        b /= y[1];
                        c /= y[2];
                        d /= y[3];
                        e /= y[4];
                        f /= y[5];
                        g /= y[6];
                        h /= y[7];
                        break;
                    case ArithmeticCode.DivideInto:
                        a = y[0] / a;
                        b = y[1] / b;
                        c = y[2] / c;
                        d = y[3] / d;
                        e = y[4] / e;
                        f = y[5] / f;
                        g = y[6] / g;
                        h = y[7] / h;
                        break;
                    case ArithmeticCode.MultiplyAdd:
                        {
                            V* z = (V*)table[step->Z];
                            a = V.MultiplyAdd(a, z[0], y[0]);
                            b = V.MultiplyAdd(b, z[1], y[1]);
                            c = V.MultiplyAdd(c, z[2], y[2]);
                            d = V.MultiplyAdd(d, z[3], y[3]);
                            e = V.MultiplyAdd(e, z[4], y[4]);
                            f = V.MultiplyAdd(f, z[5], y[5]);
                            g = V.MultiplyAdd(g, z[6], y[6]);
                            h = V.MultiplyAdd(h, z[7], y[7]);
                            break;
                        }

                    case ArithmeticCode.AddProduct:
                        {
                            V* z = (V*)table[step->Z];
                            a = V.MultiplyAdd(y[0], z[0], a);
                            b = V.MultiplyAdd(y[1], z[1], b);
                            c = V.MultiplyAdd(y[2], z[2], c);
                            d = V.MultiplyAdd(y[3], z[3], d);
                            e = V.MultiplyAdd(y[4], z[4], e);
                            f = V.MultiplyAdd(y[5], z[5], f);
                            g = V.MultiplyAdd(y[6], z[6], g);
                            h = V.MultiplyAdd(y[7], z[7], h);
                            break;
                        }

                    case ArithmeticCode.PlusProduct:
                        {
                            V* z = (V*)table[step->Z];
                            a += y[0] * z[0];
                            b += y[1] * z[1];
                            c += y[2] * z[2];
                            d += y[3] * z[3];
                            e += y[4] * z[4];
                            f += y[5] * z[5];
                            g += y[6] * z[6];
                            h += y[7] * z[7];
                            break;
                        }

                    case ArithmeticCode.MinusProduct:
                        {
                            V* z = (V*)table[step->Z];
                            a -= y[0] * z[0];
                            b -= y[1] * z[1];
                            c -= y[2] * z[2];
                            d -= y[3] * z[3];
                            e -= y[4] * z[4];
                            f -= y[5] * z[5];
                            g -= y[6] * z[6];
                            h -= y[7] * z[7];
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
                        a = V.Min(a, y[0]);
                        b = V.Min(b, y[1]);
                        c = V.Min(c, y[2]);
                        d = V.Min(d, y[3]);
                        e = V.Min(e, y[4]);
                        f = V.Min(f, y[5]);
                        g = V.Min(g, y[6]);
                        h = V.Min(h, y[7]);
                        break;
                    case ArithmeticCode.Max:
                        a = V.Max(a, y[0]);
                        b = V.Max(b, y[1]);
                        c = V.Max(c, y[2]);
                        d = V.Max(d, y[3]);
                        e = V.Max(e, y[4]);
                        f = V.Max(f, y[5]);
                        g = V.Max(g, y[6]);
                        h = V.Max(h, y[7]);
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
                    case ArithmeticCode.None:
                        break;
                    default:
                        ArithmeticStep.ThrowUnknown(step->Code);
                        break;
                }

                if (step->Result >= 0)
                {
                    V* result = (V*)table[step->Result];
                    result[0] = a;
                    result[1] = b;
                    result[2] = c;
                    result[3] = d;
                    result[4] = e;
                    result[5] = f;
                    result[6] = g;
                    result[7] = h;
                }
            }

            if (rest <= 8 * sizeof(V))
                break;
            arrays.Advance(Math.Min(8 * sizeof(V), rest - 8 * sizeof(V)));
        }

        arrays.Advance(8 * sizeof(V) - bytes);
    }
}
