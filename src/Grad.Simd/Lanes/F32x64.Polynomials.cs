using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

// Polynomials: one member for several multiply-adds, of which the JIT's budget for inlining holds but so many.
public partial struct F32x64
{
    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Cubic(F32x64 x, F32x64 square, double c0, double c1, double c2, double c3)
    {
        Vector512<float> k0 = Vector512.Create((float)c0), k1 = Vector512.Create((float)c1), k2 = Vector512.Create((float)c2), k3 = Vector512.Create((float)c3);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(square.A, Vector512.FusedMultiplyAdd(k3, x.A, k2), Vector512.FusedMultiplyAdd(k1, x.A, k0)),
            B = Vector512.FusedMultiplyAdd(square.B, Vector512.FusedMultiplyAdd(k3, x.B, k2), Vector512.FusedMultiplyAdd(k1, x.B, k0)),
            C = Vector512.FusedMultiplyAdd(square.C, Vector512.FusedMultiplyAdd(k3, x.C, k2), Vector512.FusedMultiplyAdd(k1, x.C, k0)),
            D = Vector512.FusedMultiplyAdd(square.D, Vector512.FusedMultiplyAdd(k3, x.D, k2), Vector512.FusedMultiplyAdd(k1, x.D, k0)),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Horner(
        F32x64 key, double limit, F32x64 p, F32x64 x, double c3, double c2, double c1, double c0, double d3, double d2, double d1, double d0)
    {
        var all = Vector512.Create((float)limit);
        Vector512<float> k0 = Vector512.Create((float)c0), k1 = Vector512.Create((float)c1), k2 = Vector512.Create((float)c2), k3 = Vector512.Create((float)c3);
        Vector512<float> l0 = Vector512.Create((float)d0), l1 = Vector512.Create((float)d1), l2 = Vector512.Create((float)d2), l3 = Vector512.Create((float)d3);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.A, x.A, Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), k3, l3)), x.A, Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), k2, l2)), x.A, Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), k1, l1)),
                x.A,
                Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), k0, l0)),
            B = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.B, x.B, Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), k3, l3)), x.B, Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), k2, l2)), x.B, Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), k1, l1)),
                x.B,
                Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), k0, l0)),
            C = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.C, x.C, Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), k3, l3)), x.C, Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), k2, l2)), x.C, Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), k1, l1)),
                x.C,
                Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), k0, l0)),
            D = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.D, x.D, Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), k3, l3)), x.D, Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), k2, l2)), x.D, Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), k1, l1)),
                x.D,
                Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), k0, l0)),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Horner(F32x64 p, F32x64 x, double c3, double c2, double c1, double c0)
    {
        Vector512<float> k0 = Vector512.Create((float)c0), k1 = Vector512.Create((float)c1), k2 = Vector512.Create((float)c2), k3 = Vector512.Create((float)c3);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.A, x.A, k3), x.A, k2), x.A, k1), x.A, k0),
            B = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.B, x.B, k3), x.B, k2), x.B, k1), x.B, k0),
            C = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.C, x.C, k3), x.C, k2), x.C, k1), x.C, k0),
            D = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.D, x.D, k3), x.D, k2), x.D, k1), x.D, k0),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Horner<TTable>(F32x64 p, F32x64 x, F32x64 eighth, int row) where TTable : struct, IEighths
    {
        Vector512<float> k0 = Eighths<TTable>.Wide32(row), k1 = Eighths<TTable>.Wide32(row + 1);
        Vector512<float> k2 = Eighths<TTable>.Wide32(row + 2), k3 = Eighths<TTable>.Wide32(row + 3);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(
                    Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.A, x.A, Avx512F.PermuteVar16x32(k3, eighth.A.AsInt32())), x.A, Avx512F.PermuteVar16x32(k2, eighth.A.AsInt32())),
                    x.A,
                    Avx512F.PermuteVar16x32(k1, eighth.A.AsInt32())),
                x.A,
                Avx512F.PermuteVar16x32(k0, eighth.A.AsInt32())),
            B = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(
                    Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.B, x.B, Avx512F.PermuteVar16x32(k3, eighth.B.AsInt32())), x.B, Avx512F.PermuteVar16x32(k2, eighth.B.AsInt32())),
                    x.B,
                    Avx512F.PermuteVar16x32(k1, eighth.B.AsInt32())),
                x.B,
                Avx512F.PermuteVar16x32(k0, eighth.B.AsInt32())),
            C = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(
                    Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.C, x.C, Avx512F.PermuteVar16x32(k3, eighth.C.AsInt32())), x.C, Avx512F.PermuteVar16x32(k2, eighth.C.AsInt32())),
                    x.C,
                    Avx512F.PermuteVar16x32(k1, eighth.C.AsInt32())),
                x.C,
                Avx512F.PermuteVar16x32(k0, eighth.C.AsInt32())),
            D = Vector512.FusedMultiplyAdd(
                Vector512.FusedMultiplyAdd(
                    Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(p.D, x.D, Avx512F.PermuteVar16x32(k3, eighth.D.AsInt32())), x.D, Avx512F.PermuteVar16x32(k2, eighth.D.AsInt32())),
                    x.D,
                    Avx512F.PermuteVar16x32(k1, eighth.D.AsInt32())),
                x.D,
                Avx512F.PermuteVar16x32(k0, eighth.D.AsInt32())),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Below(F32x64 key, double limit, double x, double y)
    {
        Vector512<float> all = Vector512.Create((float)limit), k = Vector512.Create((float)x), l = Vector512.Create((float)y);
        return new()
        {
            A = Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), k, l),
            B = Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), k, l),
            C = Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), k, l),
            D = Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), k, l),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Below(F32x64 key, double limit, F32x64 x, F32x64 y)
    {
        var all = Vector512.Create((float)limit);
        return new()
        {
            A = Vector512.ConditionalSelect(Vector512.LessThan(key.A, all), x.A, y.A),
            B = Vector512.ConditionalSelect(Vector512.LessThan(key.B, all), x.B, y.B),
            C = Vector512.ConditionalSelect(Vector512.LessThan(key.C, all), x.C, y.C),
            D = Vector512.ConditionalSelect(Vector512.LessThan(key.D, all), x.D, y.D),
        };
    }
}
