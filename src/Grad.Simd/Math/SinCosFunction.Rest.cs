using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

// The reduction in two parts, for tan.
internal static partial class SinCosFunction
{
    /// <summary>
    /// <c>x − n·π + offset</c> for n below 2¹⁹ in eighths, without fused multiply-add of at most 20 bits, and what its last rounding lost. The offset is a multiple of
    /// 2⁻⁷, and zero where n is; the sum is below ⅓.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessMultipleOfPi64<V>(V x, V n, V offset, out V rest) where V : struct, IHardwareLane<V, double>
    {
        V first, second, product;
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            // The first sums are exact. The second part of π has 33 bits: where its product with n is the larger, their difference is exact too.
            first = V.MultiplyAdd(n, -3.141592653589793, x) + offset;
            second = V.MultiplyAdd(n, -1.224646799076922e-16, first);
            rest = V.MultiplyAdd(n, -7.0431197303664e-27, V.MultiplyAdd(n, -1.224646799076922e-16, first - second));
            return second;
        }
        product = n * 3.1415926534682512;
        first = x - product;
        var error = x - (product + first);
        first += offset;
        product = n * 1.2154201012607932e-10;
        second = first - product;
        error += (first - second) - product;
        product = n * 4.044532497422333e-21 - error;
        var third = second - product;
        rest = (second - third) - product - n * 1.69568553207378e-31;
        return third;
    }

    /// <summary>The same for n below 2¹² in eighths, without fused multiply-add of at most 13 bits; the rest may be some units of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LessMultipleOfPi32<V>(V x, V n, V offset, out V rest) where V : struct, IHardwareLane<V, float>
    {
        V first, second, product;
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            // As above, with a second part of 9 bits.
            first = V.MultiplyAdd(n, -3.1415927410125732, x) + offset;
            second = V.MultiplyAdd(n, 8.731149137020111e-08, first);
            rest = V.MultiplyAdd(n, 8.731149137020111e-08, first - second);
            rest = V.MultiplyAdd(n, 2.435410388487307e-18, V.MultiplyAdd(n, 1.1128863108833542e-10, rest));
            return second;
        }
        product = n * 3.140625;
        first = x - product;
        var error = x - (product + first);
        first += offset;
        product = n * 0.0009675025939941406;
        second = first - product;
        error += (first - second) - product;
        product = n * 1.5099067240953445e-07;
        var third = second - product;
        error += (second - third) - product;
        product = n * 5.126565838509123e-12 - error;
        var fourth = third - product;
        rest = (third - fourth) - product - n * 1.2246468525851679e-16;
        return fourth;
    }
}
