using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Thirty-two doubles in four 512-bit vectors.</summary>
/// <remarks>
/// Side by side they share the loads of constants, which at 512 bits take as long as the arithmetic. For the loops of elementwise kernels
/// alone: what speaks of one vector has no meaning here.
/// </remarks>
public partial struct F64x32 : IFloat64Lane<F64x32>, IArithmeticBlock<F64x32>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The first of the vectors.</summary>
    public Vector512<double> A;

    /// <summary>The second of the vectors.</summary>
    public Vector512<double> B;

    /// <summary>The third of the vectors.</summary>
    public Vector512<double> C;

    /// <summary>The fourth of the vectors.</summary>
    public Vector512<double> D;

    /// <inheritdoc/>
    public static int Count { [MethodImpl(Inline)] get => 32; }

    /// <inheritdoc/>
    public static bool IsAccelerated => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Constant(double value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Broadcast(double value)
    {
        var all = Vector512.Create(value);
        return new() { A = all, B = all, C = all, D = all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Load(ref readonly double source) => new()
    {
        A = Vector512.LoadUnsafe(in source, 0),
        B = Vector512.LoadUnsafe(in source, 8),
        C = Vector512.LoadUnsafe(in source, 16),
        D = Vector512.LoadUnsafe(in source, 24),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void Store(F64x32 x, ref double destination)
    {
        x.A.StoreUnsafe(ref destination, 0);
        x.B.StoreUnsafe(ref destination, 8);
        x.C.StoreUnsafe(ref destination, 16);
        x.D.StoreUnsafe(ref destination, 24);
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    public static F64x32 LoadMask(ref readonly bool source) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static void StoreMask(F64x32 mask, ref bool destination) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static double Sum(F64x32 x) => throw Silent();

    /// <exception cref="NotSupportedException">Always.</exception>
    public static double First(F64x32 x) => throw Silent();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static bool All(F64x32 mask) => (mask.A & mask.B & mask.C & mask.D).ExtractMostSignificantBits() == 0xFF;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(F64x32 x, F64x32 y) => new() { A = x.A + y.A, B = x.B + y.B, C = x.C + y.C, D = x.D + y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x, F64x32 y) => new() { A = x.A - y.A, B = x.B - y.B, C = x.C - y.C, D = x.D - y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(F64x32 x, F64x32 y) => new() { A = x.A * y.A, B = x.B * y.B, C = x.C * y.C, D = x.D * y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(F64x32 x, F64x32 y) => new() { A = x.A / y.A, B = x.B / y.B, C = x.C / y.C, D = x.D / y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x) => new() { A = -x.A, B = -x.B, C = -x.C, D = -x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A + all, B = x.B + all, C = x.C + all, D = x.D + all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A - all, B = x.B - all, C = x.C - all, D = x.D - all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A * all, B = x.B * all, C = x.C * all, D = x.D * all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(F64x32 x, double y)
    {
        var all = Vector512.Create(y);
        return new() { A = x.A / all, B = x.B / all, C = x.C / all, D = x.D / all };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator +(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all + y.A, B = all + y.B, C = all + y.C, D = all + y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator -(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all - y.A, B = all - y.B, C = all - y.C, D = all - y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator *(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all * y.A, B = all * y.B, C = all * y.C, D = all * y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 operator /(double x, F64x32 y)
    {
        var all = Vector512.Create(x);
        return new() { A = all / y.A, B = all / y.B, C = all / y.C, D = all / y.D };
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(F64x32 x, F64x32 y, F64x32 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 MultiplyAdd(F64x32 x, F64x32 y, double z)
    {
        var addend = Vector512.Create(z);
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
    public static F64x32 MultiplyAdd(F64x32 x, double y, F64x32 z)
    {
        var factor = Vector512.Create(y);
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
    public static F64x32 MultiplyAdd(double x, F64x32 y, double z)
    {
        var factor = Vector512.Create(x);
        var addend = Vector512.Create(z);
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
    public static F64x32 FusedMultiplyAdd(F64x32 x, F64x32 y, F64x32 z) => new()
    {
        A = Vector512.FusedMultiplyAdd(x.A, y.A, z.A),
        B = Vector512.FusedMultiplyAdd(x.B, y.B, z.B),
        C = Vector512.FusedMultiplyAdd(x.C, y.C, z.C),
        D = Vector512.FusedMultiplyAdd(x.D, y.D, z.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static void AddProduct(F64x32 x, F64x32 y, ref F64x32 sum) => sum = MultiplyAdd(x, y, sum);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Min(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Min(x.A, y.A), B = Vector512.Min(x.B, y.B), C = Vector512.Min(x.C, y.C), D = Vector512.Min(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Max(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Max(x.A, y.A), B = Vector512.Max(x.B, y.B), C = Vector512.Max(x.C, y.C), D = Vector512.Max(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Abs(F64x32 x) => new() { A = Vector512.Abs(x.A), B = Vector512.Abs(x.B), C = Vector512.Abs(x.C), D = Vector512.Abs(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Sqrt(F64x32 x) => new() { A = Vector512.Sqrt(x.A), B = Vector512.Sqrt(x.B), C = Vector512.Sqrt(x.C), D = Vector512.Sqrt(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Truncate(F64x32 x) =>
        new() { A = Vector512.Truncate(x.A), B = Vector512.Truncate(x.B), C = Vector512.Truncate(x.C), D = Vector512.Truncate(x.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LessThan(F64x32 x, F64x32 y) =>
        new() { A = Vector512.LessThan(x.A, y.A), B = Vector512.LessThan(x.B, y.B), C = Vector512.LessThan(x.C, y.C), D = Vector512.LessThan(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 LessThanOrEqual(F64x32 x, F64x32 y) => new()
    {
        A = Vector512.LessThanOrEqual(x.A, y.A),
        B = Vector512.LessThanOrEqual(x.B, y.B),
        C = Vector512.LessThanOrEqual(x.C, y.C),
        D = Vector512.LessThanOrEqual(x.D, y.D),
    };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Equal(F64x32 x, F64x32 y) =>
        new() { A = Vector512.Equals(x.A, y.A), B = Vector512.Equals(x.B, y.B), C = Vector512.Equals(x.C, y.C), D = Vector512.Equals(x.D, y.D) };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 And(F64x32 x, F64x32 y) => new() { A = x.A & y.A, B = x.B & y.B, C = x.C & y.C, D = x.D & y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Or(F64x32 x, F64x32 y) => new() { A = x.A | y.A, B = x.B | y.B, C = x.C | y.C, D = x.D | y.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Not(F64x32 x) => new() { A = ~x.A, B = ~x.B, C = ~x.C, D = ~x.D };

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static F64x32 Select(F64x32 mask, F64x32 x, F64x32 y) => new()
    {
        A = Vector512.ConditionalSelect(mask.A, x.A, y.A),
        B = Vector512.ConditionalSelect(mask.B, x.B, y.B),
        C = Vector512.ConditionalSelect(mask.C, x.C, y.C),
        D = Vector512.ConditionalSelect(mask.D, x.D, y.D),
    };
}
