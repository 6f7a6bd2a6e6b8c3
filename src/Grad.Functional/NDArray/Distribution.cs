using System.Numerics;

namespace Grad.Functional;

/// <summary>Turns random bits, 64 for a double and 32 for a float, into a number.</summary>
/// <remarks>
/// All of them are made of sums, products, quotients and square roots alone, which IEEE 754 rounds in one way and the runtime never
/// fuses: the same bits give the same number on every machine.
/// </remarks>
internal interface IDistribution<T>
{
    T FromBits(ulong bits);
}

/// <summary>Over [0, 1).</summary>
internal readonly struct UnitInterval<T> : IDistribution<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public T FromBits(ulong bits) => T.CreateTruncating(typeof(T) == typeof(double)
        ? (long)(bits >> 11) * (1.0 / (1L << 53))
        : (long)(bits >> 8) * (1.0 / (1L << 24)));
}

/// <summary>Over [low, high).</summary>
internal readonly struct Interval<T>(T low, T high) : IDistribution<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public T FromBits(ulong bits) => T.Min(low + ((high - low) * default(UnitInterval<T>).FromBits(bits)), T.BitDecrement(high));
}

/// <summary>The normal distribution of mean 0 and variance 1.</summary>
internal readonly struct StandardNormal<T> : IDistribution<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Half a step off the grid: never 0 or 1, and symmetric about ½.
    public T FromBits(ulong bits) => T.CreateTruncating(NormalQuantile.Of(typeof(T) == typeof(double)
        ? ((long)(bits >> 12) + 0.5) * (1.0 / (1L << 52))
        : ((long)bits + 0.5) * (1.0 / (1L << 32))));
}
