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
    public static TVector LogReciprocals(TVector eighth, int row) => LookUp<LogReciprocals>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogHighs(TVector eighth, int row) => LookUp<LogHighs>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogLows(TVector eighth, int row) => LookUp<LogLows>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log2Reciprocals(TVector eighth, int row) => LookUp<Log2Reciprocals>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log2Highs(TVector eighth, int row) => LookUp<Log2Highs>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Reciprocals(TVector eighth, int row) => LookUp<Log10Reciprocals>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Highs(TVector eighth, int row) => LookUp<Log10Highs>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log10Lows(TVector eighth, int row) => LookUp<Log10Lows>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ErfcPieces(TVector piece, int row) => LookUp<ErfcPieces>(piece, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NormalPieces(TVector piece, int row) => LookUp<NormalPieces>(piece, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ErfPieces(TVector piece, int row) => LookUp<ErfPieces>(piece, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector EighthSines(TVector eighth, int row) => LookUp<EighthSines>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector EighthCosines(TVector eighth, int row) => LookUp<EighthCosines>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanOffsets(TVector eighth, int row) => LookUp<TanOffsets>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanNumerators(TVector eighth, int row) => LookUp<TanNumerators>(eighth, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector TanDenominators(TVector eighth, int row) => LookUp<TanDenominators>(eighth, row);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TVector Remainder(TVector x, TVector y) =>
        Unsafe.BitCast<V, TVector>(V.Remainder(Unsafe.BitCast<TVector, V>(x), Unsafe.BitCast<TVector, V>(y)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LookUp<TTable>(TVector eighth, int row) where TTable : struct, IEighths =>
        Unsafe.BitCast<V, TVector>(V.LookUp<TTable>(Unsafe.BitCast<TVector, V>(eighth), row));
}
