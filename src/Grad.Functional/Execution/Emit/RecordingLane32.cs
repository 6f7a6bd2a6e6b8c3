using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// A lane of floats that computes nothing: it is a place in the program that <see cref="Recorder.Current"/> writes. A body of an op, the
/// elementary functions included, runs on it once.
/// </summary>
/// <remarks>
/// Bodies differ for the widest vectors, which they know by the size of a lane: the room makes this lane as large as the one it stands for.
/// </remarks>
internal readonly struct RecordingLane32<TRoom>(int place) : IFloat32Lane<RecordingLane32<TRoom>>, IRecordingLane<RecordingLane32<TRoom>>
    where TRoom : struct
{
#pragma warning disable CS0169, IDE0051 // It is there for its size.
    private readonly TRoom _room;
#pragma warning restore CS0169, IDE0051

    public int Place { get; } = place;

    public static RecordingLane32<TRoom> At(int place) => new(place);

    public static int Count => throw Silent();

    public static bool IsAccelerated => false;

    private static Recorder To => Recorder.Current!;

    public static RecordingLane32<TRoom> Constant(double value) => new(To.Constant(value));

    public static RecordingLane32<TRoom> Broadcast(float value) => new(To.Constant(value));

    public static RecordingLane32<TRoom> Load(ref readonly float source) => throw Silent();

    public static void Store(RecordingLane32<TRoom> x, ref float destination) => throw Silent();

    public static RecordingLane32<TRoom> LoadMask(ref readonly bool source) => throw Silent();

    public static void StoreMask(RecordingLane32<TRoom> mask, ref bool destination) => throw Silent();

    public static float First(RecordingLane32<TRoom> x) => throw Silent();

    public static float Sum(RecordingLane32<TRoom> x) => throw Silent();

    // The program is right as long as it holds.
    public static bool All(RecordingLane32<TRoom> mask)
    {
        To.Program.Guard(mask.Place);
        return true;
    }

    public static void AddProduct(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y, ref RecordingLane32<TRoom> sum) => sum = MultiplyAdd(x, y, sum);

    public static RecordingLane32<TRoom> operator +(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Add, x, y);

    public static RecordingLane32<TRoom> operator -(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Subtract, x, y);

    public static RecordingLane32<TRoom> operator *(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Multiply, x, y);

    public static RecordingLane32<TRoom> operator /(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Divide, x, y);

    public static RecordingLane32<TRoom> operator -(RecordingLane32<TRoom> x) => Of(MicroOp.Negate, x);

    public static RecordingLane32<TRoom> operator +(RecordingLane32<TRoom> x, double y) => x + Constant(y);

    public static RecordingLane32<TRoom> operator -(RecordingLane32<TRoom> x, double y) => x - Constant(y);

    public static RecordingLane32<TRoom> operator *(RecordingLane32<TRoom> x, double y) => x * Constant(y);

    public static RecordingLane32<TRoom> operator /(RecordingLane32<TRoom> x, double y) => x / Constant(y);

    public static RecordingLane32<TRoom> operator +(double x, RecordingLane32<TRoom> y) => Constant(x) + y;

    public static RecordingLane32<TRoom> operator -(double x, RecordingLane32<TRoom> y) => Constant(x) - y;

    public static RecordingLane32<TRoom> operator *(double x, RecordingLane32<TRoom> y) => Constant(x) * y;

    public static RecordingLane32<TRoom> operator /(double x, RecordingLane32<TRoom> y) => Constant(x) / y;

    public static RecordingLane32<TRoom> MultiplyAdd(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y, RecordingLane32<TRoom> z) =>
        new(To.MultiplyAdd(x.Place, y.Place, z.Place));

    public static RecordingLane32<TRoom> FusedMultiplyAdd(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y, RecordingLane32<TRoom> z) =>
        new(To.Make(MicroOp.FusedMultiplyAdd, x.Place, y.Place, z.Place));

    public static RecordingLane32<TRoom> Min(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Min, x, y);

    public static RecordingLane32<TRoom> Max(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Max, x, y);

    public static RecordingLane32<TRoom> Abs(RecordingLane32<TRoom> x) => Of(MicroOp.Abs, x);

    public static RecordingLane32<TRoom> Sqrt(RecordingLane32<TRoom> x) => Of(MicroOp.Sqrt, x);

    public static RecordingLane32<TRoom> Truncate(RecordingLane32<TRoom> x) => Of(MicroOp.Truncate, x);

    public static RecordingLane32<TRoom> Remainder(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Remainder, x, y);

    public static RecordingLane32<TRoom> LessThan(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.LessThan, x, y);

    public static RecordingLane32<TRoom> LessThanOrEqual(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.LessThanOrEqual, x, y);

    public static RecordingLane32<TRoom> Equal(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Equal, x, y);

    public static RecordingLane32<TRoom> And(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.And, x, y);

    public static RecordingLane32<TRoom> Or(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => Of(MicroOp.Or, x, y);

    public static RecordingLane32<TRoom> Not(RecordingLane32<TRoom> x) => Of(MicroOp.Not, x);

    public static RecordingLane32<TRoom> Select(RecordingLane32<TRoom> mask, RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) =>
        new(To.Make(MicroOp.Select, mask.Place, x.Place, y.Place));

    // x comes second, as in the hardware lanes: that is the operand which x86 returns when it is NaN.
    public static RecordingLane32<TRoom> AtLeast(RecordingLane32<TRoom> x, double low) => Of(MicroOp.MaxNative, Constant(low), x);

    public static RecordingLane32<TRoom> AtMost(RecordingLane32<TRoom> x, double high) => Of(MicroOp.MinNative, Constant(high), x);

    public static RecordingLane32<TRoom> InRange(RecordingLane32<TRoom> x, double low, double high) => new(To.InRange(x.Place, low, high));

    public static RecordingLane32<TRoom> RoundToEven(RecordingLane32<TRoom> x) => Of(MicroOp.Round, x);

    public static RecordingLane32<TRoom> CopySign(RecordingLane32<TRoom> magnitude, RecordingLane32<TRoom> sign) =>
        new(To.CopySign(magnitude.Place, sign.Place));

    public static RecordingLane32<TRoom> FlipSign(RecordingLane32<TRoom> x, RecordingLane32<TRoom> sign) => new(To.FlipSign(x.Place, sign.Place));

    public static RecordingLane32<TRoom> FlipSignByLowBit(RecordingLane32<TRoom> x, RecordingLane32<TRoom> pattern) =>
        new(To.FlipSignByLowBit(x.Place, pattern.Place));

    public static RecordingLane32<TRoom> AddToExponent(RecordingLane32<TRoom> x, RecordingLane32<TRoom> shifted) => new(To.AddToExponent(x.Place, shifted.Place));

    public static RecordingLane32<TRoom> QuarterPowerOfTwo(RecordingLane32<TRoom> pattern) => Of(MicroOp.QuarterPowerOfTwo, pattern);

    public static RecordingLane32<TRoom> FourthBitToSign(RecordingLane32<TRoom> pattern) => new(To.FourthBitToSign(pattern.Place));

    public static RecordingLane32<TRoom> AddQuartersToExponent(RecordingLane32<TRoom> x, RecordingLane32<TRoom> shifted) =>
        new(To.AddQuartersToExponent(x.Place, shifted.Place));

    public static RecordingLane32<TRoom> ScaleByFloor(RecordingLane32<TRoom> x, RecordingLane32<TRoom> n) => new(To.ScaleByFloor(x.Place, n.Place));

    public static RecordingLane32<TRoom> Limit(RecordingLane32<TRoom> x, double limit) => new(To.Limit(x.Place, limit));

    public static RecordingLane32<TRoom> PowerOfTwo(RecordingLane32<TRoom> n) => new(To.PowerOfTwo(n.Place));

    public static RecordingLane32<TRoom> ScaleByPowerOfTwo(RecordingLane32<TRoom> x, RecordingLane32<TRoom> n) =>
        new(To.ScaleByPowerOfTwo(x.Place, n.Place));

    public static RecordingLane32<TRoom> PowerGuess(RecordingLane32<TRoom> x, double exponent, double offset) =>
        new(To.PowerGuess(x.Place, exponent, offset));

    public static RecordingLane32<TRoom> Significand(RecordingLane32<TRoom> x, out RecordingLane32<TRoom> shift)
    {
        var significand = To.Significand(x.Place, out var place);
        shift = new(place);
        return new(significand);
    }

    public static RecordingLane32<TRoom> Mantissa(RecordingLane32<TRoom> x, out RecordingLane32<TRoom> exponent)
    {
        var mantissa = To.Mantissa(x.Place, out var place);
        exponent = new(place);
        return new(mantissa);
    }

    public static RecordingLane32<TRoom> LessExponent(RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => new(To.LessExponent(x.Place, y.Place));

    public static RecordingLane32<TRoom> Eighth(RecordingLane32<TRoom> x) => new(To.Eighth(x.Place));

    public static RecordingLane32<TRoom> HalfOctave(RecordingLane32<TRoom> x) => new(To.HalfOctave(x.Place));

    public static RecordingLane32<TRoom> LookUp<TTable>(RecordingLane32<TRoom> eighth, int row = 0) where TTable : struct, IEighths =>
        new(To.Program.Place(new Micro(MicroOp.LookUp<TTable>.Op, eighth.Place, Detail: row)));

    private static RecordingLane32<TRoom> Of(MicroOp op, RecordingLane32<TRoom> x) => new(To.Make(op, x.Place));

    private static RecordingLane32<TRoom> Of(MicroOp op, RecordingLane32<TRoom> x, RecordingLane32<TRoom> y) => new(To.Make(op, x.Place, y.Place));

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on a lane that records: bodies compute with lanes and leave loads and stores to loops.");
}
