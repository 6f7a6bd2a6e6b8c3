namespace Grad.Simd;

/// <summary>
/// A lane that stands for a register: <see cref="Count"/> numbers side by side, loaded from and stored to memory. Every member is
/// specified to the bit, so that a body gives the same bits at every width of a process.
/// </summary>
/// <typeparam name="V">The lane type itself.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
public interface IHardwareLane<V, T> : ILane<V>
    where V : struct, IHardwareLane<V, T>
    where T : unmanaged
{
    /// <summary>Elements in a lane.</summary>
    static abstract int Count { get; }
    /// <summary>Whether this width runs on hardware; constant for a process, true for a scalar.</summary>
    static abstract bool IsAccelerated { get; }

    /// <summary>The number in every element.</summary>
    static abstract V Broadcast(T value);
    /// <summary>The <see cref="Count"/> numbers that begin at <paramref name="source"/>, of any alignment.</summary>
    static abstract V Load(ref readonly T source);
    /// <summary>Writes the elements from <paramref name="destination"/> on, of any alignment.</summary>
    static abstract void Store(V x, ref T destination);
    /// <summary>The mask of the <see cref="Count"/> truth values that begin at <paramref name="source"/>.</summary>
    static abstract V LoadMask(ref readonly bool source);
    /// <summary>Writes a mask as truth values, bytes 0 and 1, from <paramref name="destination"/> on.</summary>
    static abstract void StoreMask(V mask, ref bool destination);

    /// <summary>The first element.</summary>
    static abstract T First(V x);
    /// <summary>The sum of the elements: the upper half is added to the lower half, and so on down to one.</summary>
    static abstract T Sum(V x);
    /// <summary>Whether the mask holds in every element.</summary>
    static abstract bool All(V mask);
    /// <summary>Whether every element is <see cref="InRange"/>.</summary>
    static virtual bool AllInRange(V x, double low, double high) => V.All(V.InRange(x, low, high));
    /// <summary>Whether every element is below a positive limit in magnitude; NaN is not.</summary>
    static virtual bool AllWithin(V x, double limit) => V.All(V.LessThan(V.Abs(x), V.Constant(limit)));

    /// <summary>
    /// Adds <c>x·y</c> to a sum in its place, rounded as <see cref="ILane{V}.MultiplyAdd(V, V, V)"/> is. In a loop the sum stays in its register, where a
    /// result given back may cost a move.
    /// </summary>
    static abstract void AddProduct(V x, V y, ref V sum);

    /// <summary>The sine and the cosine of x radians, with the bits of <see cref="ILane{V}.Sin"/> and <see cref="ILane{V}.Cos"/>.</summary>
    static virtual V SinCos(V x, out V cosine)
    {
        cosine = V.Cos(x);
        return V.Sin(x);
    }

    /// <summary>x, but the constant where x is less; NaN stays NaN.</summary>
    static abstract V AtLeast(V x, double low);
    /// <summary>x, but the constant where x is greater; NaN stays NaN.</summary>
    static abstract V AtMost(V x, double high);
    /// <summary>Mask of the elements from low on and below high, for positive low; false for NaN.</summary>
    static abstract V InRange(V x, double low, double high);
    /// <summary>Rounded to the nearest integer, ties to even; the sign of zero is kept.</summary>
    static abstract V RoundToEven(V x);
    /// <summary>The magnitude of one with the sign of the other, of zeros and NaN too.</summary>
    static abstract V CopySign(V magnitude, V sign);
    /// <summary>x with its sign flipped where the sign bit of <paramref name="sign"/> is set.</summary>
    static abstract V FlipSign(V x, V sign);
    /// <summary>x with its sign flipped where the lowest bit of the bit pattern of <paramref name="pattern"/> is set.</summary>
    static abstract V FlipSignByLowBit(V x, V pattern);

    /// <summary><c>2ⁿ</c> for integral n from −1022 to 1023 (double) or −126 to 127 (float).</summary>
    static abstract V PowerOfTwo(V n);
    /// <summary>
    /// <c>x·2ⁿ</c> for normal x and result and integral n, given as the rounded sum of n and <see cref="Binary64.RoundingShift"/> (double) or
    /// <see cref="Binary32.RoundingShift"/> (float): added to the exponent.
    /// </summary>
    static abstract V AddToExponent(V x, V shifted);
    /// <summary>
    /// <c>x·2ⁿ</c>, rounded once, into subnormals and infinity too, for integral n up to 2000 (double) or 250 (float) in magnitude and
    /// x zero, infinite, NaN or between 2⁻²⁰ and 2²⁰ in magnitude. NaN x gives NaN whatever n is.
    /// </summary>
    static abstract V ScaleByPowerOfTwo(V x, V n);
    /// <summary><c>2^(k/4)</c>, rounded, for the k in the two lowest bits of the bit pattern of <paramref name="pattern"/>.</summary>
    static abstract V QuarterPowerOfTwo(V pattern);
    /// <summary>A number with the sign bit that the fourth lowest bit of the bit pattern of <paramref name="pattern"/> is, all else unspecified.</summary>
    static abstract V FourthBitToSign(V pattern);
    /// <summary>
    /// <c>x·2^⌊n⌋</c> for normal x and result and n in quarters, given as the rounded sum of n and <see cref="Binary64.QuarterShift"/> (double) or
    /// <see cref="Binary32.QuarterShift"/> (float): added to the exponent.
    /// </summary>
    static abstract V AddQuartersToExponent(V x, V shifted);
    /// <summary>
    /// <c>x·2^⌊n⌋</c>, rounded once, for x as <see cref="ScaleByPowerOfTwo"/> takes it and n in quarters, up to 2000 (double) or 250 (float) in
    /// magnitude. Wide lanes (<see cref="WideLane"/>) take every n, infinite and NaN included.
    /// </summary>
    static virtual V ScaleByFloor(V x, V n) => V.ScaleByPowerOfTwo(x, V.RoundToEven(n - 0.375));
    /// <summary>x, but the limit with the sign of x where x is greater in magnitude; unspecified for NaN, but no greater than the limit in wide lanes.</summary>
    static virtual V Limit(V x, double limit) => V.AtMost(V.AtLeast(x, -limit), limit);
    /// <summary>
    /// x to the power, right to some 4 bits: the bit pattern of x, read as the number that exponent and fraction make, times the exponent, plus the offset, as a bit
    /// pattern. Its significand has <see cref="Binary64.GuessBits"/> (double) or <see cref="Binary32.GuessBits"/> (float) bits less than any, so that its square is
    /// exact. For positive normal x; the exponent is negative and above −1.
    /// </summary>
    static abstract V PowerGuess(V x, double exponent, double offset);
    /// <summary>
    /// The m in [3/4, 3/2) and the integral shift with <c>m = x·2^shift</c>, for positive normal x; unspecified for others, but in wide lanes
    /// subnormal x count as normal, zeros have an m of ±1 or NaN and a shift of ∞, ∞ has 1 and −∞, and negative and NaN x have an m of NaN. A shift of zero is +0.
    /// </summary>
    static abstract V Significand(V x, out V shift);

    /// <summary>
    /// The m in [1, 2) and the integral exponent with <c>x = m·2^exponent</c>, for positive normal x; unspecified for others, but in wide lanes
    /// subnormal x count as normal, zeros have an m of ±1 and an exponent of −∞, ∞ has 1 and ∞, and negative and NaN x have an m of NaN.
    /// </summary>
    static abstract V Mantissa(V x, out V exponent);
    /// <summary><c>x·2⁻ⁿ</c> with the n of <c>2ⁿ ≤ y &lt; 2ⁿ⁺¹</c>, for positive normal y and positive normal x and result.</summary>
    static abstract V LessExponent(V x, V y);
    /// <summary>The eighth of [1, 2) in which the mantissa of x lies: its number in the three lowest bits of the pattern, above which all are unspecified.</summary>
    static abstract V Eighth(V x);
    /// <summary>
    /// The half octave in which positive normal x lies, from 1¾ to 2½ the first, from 2½ to 3½ the second, and so on: its number, less 8 from the ninth on, in the
    /// three lowest bits of the pattern, above which all are unspecified.
    /// </summary>
    static abstract V HalfOctave(V x);
    /// <summary>The number of a table's row that belongs to the three lowest bits of a pattern, as <see cref="Eighth"/> and <see cref="HalfOctave"/> give them.</summary>
    static abstract V LookUp<TTable>(V eighth, int row = 0) where TTable : struct, IEighths;
    /// <summary>Four steps of Horner's scheme as <see cref="ILane{V}.Horner(V, V, double, double, double, double)"/>, by the numbers of four rows; the lowest power has the first.</summary>
    static virtual V Horner<TTable>(V p, V x, V eighth, int row) where TTable : struct, IEighths
    {
        p = V.MultiplyAdd(V.MultiplyAdd(p, x, V.LookUp<TTable>(eighth, row + 3)), x, V.LookUp<TTable>(eighth, row + 2));
        return V.MultiplyAdd(V.MultiplyAdd(p, x, V.LookUp<TTable>(eighth, row + 1)), x, V.LookUp<TTable>(eighth, row));
    }
}
