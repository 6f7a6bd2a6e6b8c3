using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// A lane of doubles that computes nothing: it is a place in the program that <see cref="Recorder.Current"/> writes. A body of an op, the
/// elementary functions included, runs on it once.
/// </summary>
/// <remarks>
/// Bodies differ for the widest vectors, which they know by the size of a lane: the room makes this lane as large as the one it stands for.
/// </remarks>
internal readonly struct RecordingLane64<TRoom>(int place) : IFloat64Lane<RecordingLane64<TRoom>>, IRecordingLane<RecordingLane64<TRoom>>
    where TRoom : struct
{
#pragma warning disable CS0169, IDE0051 // It is there for its size.
    private readonly TRoom _room;
#pragma warning restore CS0169, IDE0051

    public int Place { get; } = place;

    public static RecordingLane64<TRoom> At(int place) => new(place);

    public static int Count => throw Silent();

    public static bool IsAccelerated => false;

    private static Recorder To => Recorder.Current!;

    public static RecordingLane64<TRoom> Constant(double value) => new(To.Constant(value));

    public static RecordingLane64<TRoom> Broadcast(double value) => new(To.Constant(value));

    public static RecordingLane64<TRoom> Load(ref readonly double source) => throw Silent();

    public static void Store(RecordingLane64<TRoom> x, ref double destination) => throw Silent();

    public static RecordingLane64<TRoom> LoadMask(ref readonly bool source) => throw Silent();

    public static void StoreMask(RecordingLane64<TRoom> mask, ref bool destination) => throw Silent();

    public static double First(RecordingLane64<TRoom> x) => throw Silent();

    public static double Sum(RecordingLane64<TRoom> x) => throw Silent();

    // The program is right as long as it holds.
    public static bool All(RecordingLane64<TRoom> mask)
    {
        To.Program.Guard(mask.Place);
        return true;
    }

    public static void AddProduct(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y, ref RecordingLane64<TRoom> sum) => sum = MultiplyAdd(x, y, sum);

    public static RecordingLane64<TRoom> operator +(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Add, x, y);

    public static RecordingLane64<TRoom> operator -(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Subtract, x, y);

    public static RecordingLane64<TRoom> operator *(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Multiply, x, y);

    public static RecordingLane64<TRoom> operator /(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Divide, x, y);

    public static RecordingLane64<TRoom> operator -(RecordingLane64<TRoom> x) => Of(MicroOp.Negate, x);

    public static RecordingLane64<TRoom> operator +(RecordingLane64<TRoom> x, double y) => x + Constant(y);

    public static RecordingLane64<TRoom> operator -(RecordingLane64<TRoom> x, double y) => x - Constant(y);

    public static RecordingLane64<TRoom> operator *(RecordingLane64<TRoom> x, double y) => x * Constant(y);

    public static RecordingLane64<TRoom> operator /(RecordingLane64<TRoom> x, double y) => x / Constant(y);

    public static RecordingLane64<TRoom> operator +(double x, RecordingLane64<TRoom> y) => Constant(x) + y;

    public static RecordingLane64<TRoom> operator -(double x, RecordingLane64<TRoom> y) => Constant(x) - y;

    public static RecordingLane64<TRoom> operator *(double x, RecordingLane64<TRoom> y) => Constant(x) * y;

    public static RecordingLane64<TRoom> operator /(double x, RecordingLane64<TRoom> y) => Constant(x) / y;

    public static RecordingLane64<TRoom> MultiplyAdd(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y, RecordingLane64<TRoom> z) =>
        new(To.MultiplyAdd(x.Place, y.Place, z.Place));

    public static RecordingLane64<TRoom> FusedMultiplyAdd(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y, RecordingLane64<TRoom> z) =>
        new(To.Make(MicroOp.FusedMultiplyAdd, x.Place, y.Place, z.Place));

    public static RecordingLane64<TRoom> Min(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Min, x, y);

    public static RecordingLane64<TRoom> Max(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Max, x, y);

    public static RecordingLane64<TRoom> Abs(RecordingLane64<TRoom> x) => Of(MicroOp.Abs, x);

    public static RecordingLane64<TRoom> Sqrt(RecordingLane64<TRoom> x) => Of(MicroOp.Sqrt, x);

    public static RecordingLane64<TRoom> Truncate(RecordingLane64<TRoom> x) => Of(MicroOp.Truncate, x);

    public static RecordingLane64<TRoom> Remainder(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Remainder, x, y);

    public static RecordingLane64<TRoom> LessThan(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.LessThan, x, y);

    public static RecordingLane64<TRoom> LessThanOrEqual(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.LessThanOrEqual, x, y);

    public static RecordingLane64<TRoom> Equal(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Equal, x, y);

    public static RecordingLane64<TRoom> And(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.And, x, y);

    public static RecordingLane64<TRoom> Or(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => Of(MicroOp.Or, x, y);

    public static RecordingLane64<TRoom> Not(RecordingLane64<TRoom> x) => Of(MicroOp.Not, x);

    public static RecordingLane64<TRoom> Select(RecordingLane64<TRoom> mask, RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) =>
        new(To.Make(MicroOp.Select, mask.Place, x.Place, y.Place));

    // x comes second, as in the hardware lanes: that is the operand which x86 returns when it is NaN.
    public static RecordingLane64<TRoom> AtLeast(RecordingLane64<TRoom> x, double low) => Of(MicroOp.MaxNative, Constant(low), x);

    public static RecordingLane64<TRoom> AtMost(RecordingLane64<TRoom> x, double high) => Of(MicroOp.MinNative, Constant(high), x);

    public static RecordingLane64<TRoom> InRange(RecordingLane64<TRoom> x, double low, double high) => new(To.InRange(x.Place, low, high));

    public static RecordingLane64<TRoom> RoundToEven(RecordingLane64<TRoom> x) => Of(MicroOp.Round, x);

    public static RecordingLane64<TRoom> CopySign(RecordingLane64<TRoom> magnitude, RecordingLane64<TRoom> sign) =>
        new(To.CopySign(magnitude.Place, sign.Place));

    public static RecordingLane64<TRoom> FlipSign(RecordingLane64<TRoom> x, RecordingLane64<TRoom> sign) => new(To.FlipSign(x.Place, sign.Place));

    public static RecordingLane64<TRoom> FlipSignByLowBit(RecordingLane64<TRoom> x, RecordingLane64<TRoom> pattern) =>
        new(To.FlipSignByLowBit(x.Place, pattern.Place));

    public static RecordingLane64<TRoom> AddToExponent(RecordingLane64<TRoom> x, RecordingLane64<TRoom> shifted) => new(To.AddToExponent(x.Place, shifted.Place));

    public static RecordingLane64<TRoom> QuarterPowerOfTwo(RecordingLane64<TRoom> pattern) => Of(MicroOp.QuarterPowerOfTwo, pattern);

    public static RecordingLane64<TRoom> FourthBitToSign(RecordingLane64<TRoom> pattern) => new(To.FourthBitToSign(pattern.Place));

    public static RecordingLane64<TRoom> AddQuartersToExponent(RecordingLane64<TRoom> x, RecordingLane64<TRoom> shifted) =>
        new(To.AddQuartersToExponent(x.Place, shifted.Place));

    public static RecordingLane64<TRoom> ScaleByFloor(RecordingLane64<TRoom> x, RecordingLane64<TRoom> n) => new(To.ScaleByFloor(x.Place, n.Place));

    public static RecordingLane64<TRoom> Limit(RecordingLane64<TRoom> x, double limit) => new(To.Limit(x.Place, limit));

    public static RecordingLane64<TRoom> PowerOfTwo(RecordingLane64<TRoom> n) => new(To.PowerOfTwo(n.Place));

    public static RecordingLane64<TRoom> ScaleByPowerOfTwo(RecordingLane64<TRoom> x, RecordingLane64<TRoom> n) =>
        new(To.ScaleByPowerOfTwo(x.Place, n.Place));

    public static RecordingLane64<TRoom> PowerGuess(RecordingLane64<TRoom> x, double exponent, double offset) =>
        new(To.PowerGuess(x.Place, exponent, offset));

    public static RecordingLane64<TRoom> Significand(RecordingLane64<TRoom> x, out RecordingLane64<TRoom> shift)
    {
        var significand = To.Significand(x.Place, out var place);
        shift = new(place);
        return new(significand);
    }

    public static RecordingLane64<TRoom> Mantissa(RecordingLane64<TRoom> x, out RecordingLane64<TRoom> exponent)
    {
        var mantissa = To.Mantissa(x.Place, out var place);
        exponent = new(place);
        return new(mantissa);
    }

    public static RecordingLane64<TRoom> LessExponent(RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => new(To.LessExponent(x.Place, y.Place));

    public static RecordingLane64<TRoom> Eighth(RecordingLane64<TRoom> x) => new(To.Eighth(x.Place));

    public static RecordingLane64<TRoom> HalfOctave(RecordingLane64<TRoom> x) => new(To.HalfOctave(x.Place));

    public static RecordingLane64<TRoom> LookUp<TTable>(RecordingLane64<TRoom> eighth, int row = 0) where TTable : struct, IEighths =>
        new(To.Program.Place(new Micro(MicroOp.LookUp<TTable>.Op, eighth.Place, Detail: row)));

    private static RecordingLane64<TRoom> Of(MicroOp op, RecordingLane64<TRoom> x) => new(To.Make(op, x.Place));

    private static RecordingLane64<TRoom> Of(MicroOp op, RecordingLane64<TRoom> x, RecordingLane64<TRoom> y) => new(To.Make(op, x.Place, y.Place));

    private static NotSupportedException Silent([CallerMemberName] string member = "") =>
        new($"{member} has no meaning on a lane that records: bodies compute with lanes and leave loads and stores to loops.");
}
