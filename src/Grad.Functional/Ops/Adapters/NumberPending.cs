using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary><see cref="Pending"/> on single numbers, which are computed at once: the same bits, without nodes.</summary>
internal static class NumberPending
{
    /// <summary>What a cotangent without a mask comes to, of an array with one element.</summary>
    public static NumberCotangent Of(in Masked cotangent) => cotangent.Factors is { } factors
        ? new NumberCotangent(
            Number(cotangent.Value!),
            Number(factors.X),
            Number(factors.Y),
            NumberKind.Present | NumberKind.Factors | (cotangent.IsProduct ? NumberKind.Product : NumberKind.Absent))
        : new NumberCotangent(Number(cotangent.Value!), cotangent.IsProduct);

    /// <summary>The sum of two cotangents of a node with one element, as <see cref="Pending.Add"/> makes it.</summary>
    public static NumberCotangent Add(Node node, in NumberCotangent x, in NumberCotangent y) =>
        !x.IsPresent ? y
        : !y.IsPresent ? x
        : new NumberCotangent(node is NDArray<double> ? Sum<F64x1, double>(x, y) : Sum<F32x1, float>(x, y), false);

    /// <summary>The product with a slope, as <see cref="Pending.Multiply"/> makes it; false if the slope has a gate, which only a mask can express.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMultiply<V, E>(in NumberCotangent x, SlopeLane<NumberValue<V>> slope, out NumberCotangent product)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        product = default;
        if (slope.IsConstant && slope.ConstantValue == 0)
        {
            return true;
        }

        if (slope.IsGated)
        {
            return false;
        }

        var factor = slope.In(default).Lane;
        var value = First<V, E>(V.Constant(x.Value) * factor);
        product = slope.IsConstant
            ? new NumberCotangent(value, x.IsProduct || Math.Abs(slope.ConstantValue) != 1)
            : new NumberCotangent(value, x.Value, First<V, E>(factor), NumberKind.Present | NumberKind.Factors | NumberKind.Product);
        return true;
    }

    /// <summary>The lane of an operand with one element, or of a result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SlopeLane<NumberValue<V>> Lane<V, E>(Node node) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        new(new NumberValue<V>(V.Broadcast(Unsafe.As<byte, E>(ref (node.HasValue ? node : BroadcastSource.Of(node)).Elements))));

    private static double Number(Node node) => node is NDArray<double> x ? x.Data[0] : ((NDArray<float>)node).Data[0];

    // The same choice as in Pending.
    private static double Sum<V, E>(in NumberCotangent x, in NumberCotangent y) where V : struct, IHardwareLane<V, E> where E : unmanaged => First<V, E>(
        y.HasFactors && !x.IsProduct ? V.MultiplyAdd(V.Constant(y.X), V.Constant(y.Y), V.Constant(x.Value))
        : x.HasFactors && !y.IsProduct ? V.MultiplyAdd(V.Constant(x.X), V.Constant(x.Y), V.Constant(y.Value))
        : V.Constant(x.Value) + V.Constant(y.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double First<V, E>(V lane) where V : struct, IHardwareLane<V, E> where E : unmanaged => typeof(E) == typeof(double)
        ? Unsafe.BitCast<E, double>(V.First(lane))
        : Unsafe.BitCast<E, float>(V.First(lane));
}
