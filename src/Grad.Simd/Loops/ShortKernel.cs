using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Which kernels go over several vectors side by side: those that the JIT's budget for inlining then holds.</summary>
/// <remarks>
/// Measured: of a body of 61 members over four vectors some stay calls, of one of 58 none. A kernel with state may be long or short by its
/// state, and counts as long.
/// </remarks>
internal static class ShortKernel
{
    private const int Most = 60;
    private const int MostLight = 4;

    // A second operand that lives long, as it does where a rare case is left to a call, takes four registers more.
    private const int SecondOperand = 10;

    /// <summary>Kernels of one number.</summary>
    public static class Unary<TKernel> where TKernel : struct, IUnaryKernel
    {
        /// <summary>Whether it is short.</summary>
        public static readonly bool Is = Unsafe.SizeOf<TKernel>() == 1 && CountingLane.Of(default(TKernel)) <= Most;

        /// <summary>Whether it is of a few operations.</summary>
        public static readonly bool IsLight =
            default(TKernel) is ILightKernel || (Unsafe.SizeOf<TKernel>() == 1 && CountingLane.Of(default(TKernel)) <= MostLight);
    }

    /// <summary>Kernels of two numbers.</summary>
    public static class Binary<TKernel> where TKernel : struct, IBinaryKernel
    {
        /// <summary>Whether it is short.</summary>
        public static readonly bool Is = Unsafe.SizeOf<TKernel>() == 1 && CountingLane.OfBinary(default(TKernel)) + SecondOperand <= Most;

        /// <summary>Whether it is of a few operations.</summary>
        public static readonly bool IsLight =
            default(TKernel) is ILightKernel || (Unsafe.SizeOf<TKernel>() == 1 && CountingLane.OfBinary(default(TKernel)) <= MostLight);
    }

    /// <summary>Kernels of three numbers.</summary>
    public static class Ternary<TKernel> where TKernel : struct, ITernaryKernel
    {
        /// <summary>Whether it is short.</summary>
        public static readonly bool Is = Unsafe.SizeOf<TKernel>() == 1 && CountingLane.OfTernary(default(TKernel)) <= Most;

        /// <summary>Whether it is of a few operations.</summary>
        public static readonly bool IsLight =
            default(TKernel) is ILightKernel || (Unsafe.SizeOf<TKernel>() == 1 && CountingLane.OfTernary(default(TKernel)) <= MostLight);
    }
}

/// <summary>A kernel that has state, and is of a few operations whatever that is.</summary>
internal interface ILightKernel;
