using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Sixty-four floats in four 512-bit vectors.</summary>
/// <remarks>
/// Side by side they share the loads of constants, which at 512 bits take as long as the arithmetic. For the loops of elementwise kernels
/// alone: what speaks of one vector has no meaning here.
/// </remarks>
public partial struct F32x64 : IFloat32Lane<F32x64>, IArithmeticBlock<F32x64>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The first of the vectors.</summary>
    public Vector512<float> A;

    /// <summary>The second of the vectors.</summary>
    public Vector512<float> B;

    /// <summary>The third of the vectors.</summary>
    public Vector512<float> C;

    /// <summary>The fourth of the vectors.</summary>
    public Vector512<float> D;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 64; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Constant(double value)
    {
        var all = Vector512.Create((float)value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Broadcast(float value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Load(ref readonly float source) => new()
    {
        A = Vector512.LoadUnsafe(in source, 0),
        B = Vector512.LoadUnsafe(in source, 16),
        C = Vector512.LoadUnsafe(in source, 32),
        D = Vector512.LoadUnsafe(in source, 48),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Store(F32x64 x, ref float destination)
    {
        x.A.StoreUnsafe(ref destination, 0);
        x.B.StoreUnsafe(ref destination, 16);
        x.C.StoreUnsafe(ref destination, 32);
        x.D.StoreUnsafe(ref destination, 48);
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    public static F32x64 LoadMask(ref readonly bool source) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void StoreMask(F32x64 mask, ref bool destination) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static float Sum(F32x64 x) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static float First(F32x64 x) => throw Silent();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool All(F32x64 mask) => (mask.A & mask.B & mask.C & mask.D).ExtractMostSignificantBits() == 0xFFFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(F32x64 x, F32x64 y) => new() { A = x.A + y.A, B = x.B + y.B, C = x.C + y.C, D = x.D + y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x, F32x64 y) => new() { A = x.A - y.A, B = x.B - y.B, C = x.C - y.C, D = x.D - y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(F32x64 x, F32x64 y) => new() { A = x.A * y.A, B = x.B * y.B, C = x.C * y.C, D = x.D * y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(F32x64 x, F32x64 y) => new() { A = x.A / y.A, B = x.B / y.B, C = x.C / y.C, D = x.D / y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x) => new() { A = -x.A, B = -x.B, C = -x.C, D = -x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A + all, B = x.B + all, C = x.C + all, D = x.D + all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A - all, B = x.B - all, C = x.C - all, D = x.D - all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A * all, B = x.B * all, C = x.C * all, D = x.D * all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(F32x64 x, double y)
    {
        var all = Vector512.Create((float)y);
        return new() { A = x.A / all, B = x.B / all, C = x.C / all, D = x.D / all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator +(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all + y.A, B = all + y.B, C = all + y.C, D = all + y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator -(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all - y.A, B = all - y.B, C = all - y.C, D = all - y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator *(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all * y.A, B = all * y.B, C = all * y.C, D = all * y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 operator /(double x, F32x64 y)
    {
        var all = Vector512.Create((float)x);
        return new() { A = all / y.A, B = all / y.B, C = all / y.C, D = all / y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(F32x64 x, F32x64 y, F32x64 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(F32x64 x, F32x64 y, double z)
    {
        var addend = Vector512.Create((float)z);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(x.A, y.A, addend),
            B = Vector512.FusedMultiplyAdd(x.B, y.B, addend),
            C = Vector512.FusedMultiplyAdd(x.C, y.C, addend),
            D = Vector512.FusedMultiplyAdd(x.D, y.D, addend),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(F32x64 x, double y, F32x64 z)
    {
        var factor = Vector512.Create((float)y);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(x.A, factor, z.A),
            B = Vector512.FusedMultiplyAdd(x.B, factor, z.B),
            C = Vector512.FusedMultiplyAdd(x.C, factor, z.C),
            D = Vector512.FusedMultiplyAdd(x.D, factor, z.D),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 MultiplyAdd(double x, F32x64 y, double z)
    {
        var factor = Vector512.Create((float)x);
        var addend = Vector512.Create((float)z);
        return new()
        {
            A = Vector512.FusedMultiplyAdd(factor, y.A, addend),
            B = Vector512.FusedMultiplyAdd(factor, y.B, addend),
            C = Vector512.FusedMultiplyAdd(factor, y.C, addend),
            D = Vector512.FusedMultiplyAdd(factor, y.D, addend),
        };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 FusedMultiplyAdd(F32x64 x, F32x64 y, F32x64 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F32x64 x, F32x64 y, ref F32x64 sum) => sum = MultiplyAdd(x, y, sum);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Min(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Min(x.A, y.A), B = Vector512.Min(x.B, y.B), C = Vector512.Min(x.C, y.C), D = Vector512.Min(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Max(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Max(x.A, y.A), B = Vector512.Max(x.B, y.B), C = Vector512.Max(x.C, y.C), D = Vector512.Max(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Abs(F32x64 x) => new() { A = Vector512.Abs(x.A), B = Vector512.Abs(x.B), C = Vector512.Abs(x.C), D = Vector512.Abs(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Sqrt(F32x64 x) => new() { A = Vector512.Sqrt(x.A), B = Vector512.Sqrt(x.B), C = Vector512.Sqrt(x.C), D = Vector512.Sqrt(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Truncate(F32x64 x) =>
        new() { A = Vector512.Truncate(x.A), B = Vector512.Truncate(x.B), C = Vector512.Truncate(x.C), D = Vector512.Truncate(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LessThan(F32x64 x, F32x64 y) =>
        new() { A = Vector512.LessThan(x.A, y.A), B = Vector512.LessThan(x.B, y.B), C = Vector512.LessThan(x.C, y.C), D = Vector512.LessThan(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 LessThanOrEqual(F32x64 x, F32x64 y) => new()
    {
        A = Vector512.LessThanOrEqual(x.A, y.A),
        B = Vector512.LessThanOrEqual(x.B, y.B),
        C = Vector512.LessThanOrEqual(x.C, y.C),
        D = Vector512.LessThanOrEqual(x.D, y.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Equal(F32x64 x, F32x64 y) =>
        new() { A = Vector512.Equals(x.A, y.A), B = Vector512.Equals(x.B, y.B), C = Vector512.Equals(x.C, y.C), D = Vector512.Equals(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 And(F32x64 x, F32x64 y) => new() { A = x.A & y.A, B = x.B & y.B, C = x.C & y.C, D = x.D & y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Or(F32x64 x, F32x64 y) => new() { A = x.A | y.A, B = x.B | y.B, C = x.C | y.C, D = x.D | y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Not(F32x64 x) => new() { A = ~x.A, B = ~x.B, C = ~x.C, D = ~x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F32x64 Select(F32x64 mask, F32x64 x, F32x64 y) => new()
    {
        A = Vector512.ConditionalSelect(mask.A, x.A, y.A),
        B = Vector512.ConditionalSelect(mask.B, x.B, y.B),
        C = Vector512.ConditionalSelect(mask.C, x.C, y.C),
        D = Vector512.ConditionalSelect(mask.D, x.D, y.D),
    };
}
