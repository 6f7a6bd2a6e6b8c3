using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>What of a lane is more than instructions on registers, on the vector inside it, for code that has no lanes.</summary>
/// <typeparam name="V">The lane.</typeparam>
/// <typeparam name="T">Its element type.</typeparam>
/// <typeparam name="TVector">The vector inside it.</typeparam>
internal static unsafe class LaneMemory<V, T, TVector>
    where V : struct, IHardwareLane<V, T>
    where T : unmanaged
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LoadMask(bool* source) => Unsafe.BitCast<V, TVector>(V.LoadMask(in *source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(TVector mask, bool* destination) => V.StoreMask(Unsafe.BitCast<TVector, V>(mask), ref *destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector QuarterPowerOfTwo(TVector pattern) => Unsafe.BitCast<V, TVector>(V.QuarterPowerOfTwo(Unsafe.BitCast<TVector, V>(pattern)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogReciprocals(TVector eighth) => LookUp<LogReciprocals>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogHighs(TVector eighth) => LookUp<LogHighs>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogLows(TVector eighth) => LookUp<LogLows>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log2Reciprocals(TVector eighth) => LookUp<Log2Reciprocals>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log2Highs(TVector eighth) => LookUp<Log2Highs>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Reciprocals(TVector eighth) => LookUp<Log10Reciprocals>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Highs(TVector eighth) => LookUp<Log10Highs>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Lows(TVector eighth) => LookUp<Log10Lows>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector EighthSines(TVector eighth) => LookUp<EighthSines>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector EighthCosines(TVector eighth) => LookUp<EighthCosines>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanOffsets(TVector eighth) => LookUp<TanOffsets>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanNumerators(TVector eighth) => LookUp<TanNumerators>(eighth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanDenominators(TVector eighth) => LookUp<TanDenominators>(eighth);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TVector Remainder(TVector x, TVector y) =>
        Unsafe.BitCast<V, TVector>(V.Remainder(Unsafe.BitCast<TVector, V>(x), Unsafe.BitCast<TVector, V>(y)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LookUp<TTable>(TVector eighth) where TTable : struct, IEighths =>
        Unsafe.BitCast<V, TVector>(V.LookUp<TTable>(Unsafe.BitCast<TVector, V>(eighth)));
}
