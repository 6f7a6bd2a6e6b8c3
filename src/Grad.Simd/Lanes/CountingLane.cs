using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>
/// A lane that computes nothing but counts the members that a body calls, on its common path: what its inlining takes of the JIT's budget. It
/// is as large as the lanes that the count is for, since bodies differ by that.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 4 * WideLane.Size)]
internal readonly struct CountingLane : IFloat64Lane<CountingLane>
{
    [ThreadStatic]
    private static int s_count;

    /// <summary>Members that the kernel calls.</summary>
    public static int Of<TKernel>(TKernel kernel) where TKernel : struct, IUnaryKernel
    {
        s_count = 0;
        kernel.Eval(default(CountingLane));
        return s_count;
    }

    /// <inheritdoc cref="Of{TKernel}"/>
    public static int OfBinary<TKernel>(TKernel kernel) where TKernel : struct, IBinaryKernel
    {
        s_count = 0;
        kernel.Eval(default(CountingLane), default(CountingLane));
        return s_count;
    }

    /// <inheritdoc cref="Of{TKernel}"/>
    public static int OfTernary<TKernel>(TKernel kernel) where TKernel : struct, ITernaryKernel
    {
        s_count = 0;
        kernel.Eval(default(CountingLane), default(CountingLane), default(CountingLane));
        return s_count;
    }

    public static int Count => throw Silent();

    public static bool IsAccelerated => false;

    public static CountingLane Constant(double value) => One();

    public static CountingLane Broadcast(double value) => One();

    public static CountingLane Load(ref readonly double source) => throw Silent();

    public static void Store(CountingLane x, ref double destination) => throw Silent();

    public static CountingLane LoadMask(ref readonly bool source) => throw Silent();

    public static void StoreMask(CountingLane mask, ref bool destination) => throw Silent();

    public static double First(CountingLane x) => throw Silent();

    public static double Sum(CountingLane x) => throw Silent();

    public static bool All(CountingLane mask)
    {
        One();
        return true;
    }

    public static void AddProduct(CountingLane x, CountingLane y, ref CountingLane sum) => One();

    public static CountingLane operator +(CountingLane x, CountingLane y) => One();

    public static CountingLane operator -(CountingLane x, CountingLane y) => One();

    public static CountingLane operator *(CountingLane x, CountingLane y) => One();

    public static CountingLane operator /(CountingLane x, CountingLane y) => One();

    public static CountingLane operator -(CountingLane x) => One();

    public static CountingLane operator +(CountingLane x, double y) => One();

    public static CountingLane operator -(CountingLane x, double y) => One();

    public static CountingLane operator *(CountingLane x, double y) => One();

    public static CountingLane operator /(CountingLane x, double y) => One();

    public static CountingLane operator +(double x, CountingLane y) => One();

    public static CountingLane operator -(double x, CountingLane y) => One();

    public static CountingLane operator *(double x, CountingLane y) => One();

    public static CountingLane operator /(double x, CountingLane y) => One();

    public static CountingLane MultiplyAdd(CountingLane x, CountingLane y, CountingLane z) => One();

    public static CountingLane MultiplyAdd(CountingLane x, CountingLane y, double z) => One();

    public static CountingLane MultiplyAdd(CountingLane x, double y, CountingLane z) => One();

    public static CountingLane MultiplyAdd(double x, CountingLane y, double z) => One();

    public static CountingLane Cubic(CountingLane x, CountingLane square, double c0, double c1, double c2, double c3) => One();

    public static CountingLane Horner(
        CountingLane key, double limit, CountingLane p, CountingLane x,
        double c3, double c2, double c1, double c0, double d3, double d2, double d1, double d0) => One();

    public static CountingLane Horner(CountingLane p, CountingLane x, double c3, double c2, double c1, double c0) => One();

    public static CountingLane Below(CountingLane key, double limit, CountingLane x, CountingLane y) => One();

    public static CountingLane Below(CountingLane key, double limit, double x, double y) => One();

    public static CountingLane FusedMultiplyAdd(CountingLane x, CountingLane y, CountingLane z) => One();

    public static CountingLane Min(CountingLane x, CountingLane y) => One();

    public static CountingLane Max(CountingLane x, CountingLane y) => One();

    public static CountingLane Abs(CountingLane x) => One();

    public static CountingLane Sqrt(CountingLane x) => One();

    public static CountingLane Truncate(CountingLane x) => One();

    public static CountingLane Remainder(CountingLane x, CountingLane y) => One();

    public static CountingLane LessThan(CountingLane x, CountingLane y) => One();

    public static CountingLane LessThanOrEqual(CountingLane x, CountingLane y) => One();

    public static CountingLane Equal(CountingLane x, CountingLane y) => One();

    public static CountingLane And(CountingLane x, CountingLane y) => One();

    public static CountingLane Or(CountingLane x, CountingLane y) => One();

    public static CountingLane Not(CountingLane x) => One();

    public static CountingLane Select(CountingLane mask, CountingLane x, CountingLane y) => One();

    public static CountingLane AtLeast(CountingLane x, double low) => One();

    public static CountingLane AtMost(CountingLane x, double high) => One();

    public static CountingLane InRange(CountingLane x, double low, double high) => One();

    public static CountingLane RoundToEven(CountingLane x) => One();

    public static CountingLane CopySign(CountingLane magnitude, CountingLane sign) => One();

    public static CountingLane FlipSign(CountingLane x, CountingLane sign) => One();

    public static CountingLane FlipSignByLowBit(CountingLane x, CountingLane pattern) => One();

    public static CountingLane AddToExponent(CountingLane x, CountingLane shifted) => One();

    public static CountingLane QuarterPowerOfTwo(CountingLane pattern) => One();

    public static CountingLane FourthBitToSign(CountingLane pattern) => One();

    public static CountingLane AddQuartersToExponent(CountingLane x, CountingLane shifted) => One();

    public static CountingLane ScaleByFloor(CountingLane x, CountingLane n) => One();

    public static CountingLane Limit(CountingLane x, double limit) => One();

    public static bool AllInRange(CountingLane x, double low, double high) => All(One());

    public static bool AllWithin(CountingLane x, double limit) => All(One());

    public static CountingLane PowerOfTwo(CountingLane n) => One();

    public static CountingLane ScaleByPowerOfTwo(CountingLane x, CountingLane n) => One();

    public static CountingLane PowerGuess(CountingLane x, double exponent, double offset) => One();

    public static CountingLane Significand(CountingLane x, out CountingLane shift)
    {
        shift = One();
        return One();
    }

    public static CountingLane Mantissa(CountingLane x, out CountingLane exponent)
    {
        exponent = One();
        return One();
    }

    public static CountingLane LessExponent(CountingLane x, CountingLane y) => One();

    public static CountingLane Eighth(CountingLane x) => One();

    public static CountingLane HalfOctave(CountingLane x) => One();

    public static CountingLane LookUp<TTable>(CountingLane eighth, int row = 0) where TTable : struct, IEighths => One();

    public static CountingLane Horner<TTable>(CountingLane p, CountingLane x, CountingLane eighth, int row) where TTable : struct, IEighths => One();

    private static CountingLane One()
    {
        s_count++;
        return default;
    }

    private static NotSupportedException Silent() => new("A lane that counts has no elements: bodies leave loads and stores to loops.");
}
