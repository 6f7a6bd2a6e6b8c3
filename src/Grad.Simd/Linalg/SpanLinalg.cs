namespace Grad.Simd;

/// <summary>
/// Factorizations of matrices in memory, for <see cref="float"/> and <see cref="double"/>. A matrix of no elements is fine everywhere. Results have the same
/// bits in every run on one instruction set.
/// </summary>
public static partial class SpanLinalg;
