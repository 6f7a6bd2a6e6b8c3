namespace Grad.Simd;

/// <summary>A matrix has no factorization of the kind that was asked for, or none that can be solved with.</summary>
/// <param name="message">What was needed, what was found, and what to do.</param>
/// <param name="index">The place on the diagonal where it showed, from 0.</param>
/// <param name="matrix">Which matrix of a batch it is, from 0.</param>
public sealed class MatrixFactorizationException(string message, int index, int matrix = 0) : ArithmeticException(message)
{
    /// <summary>The place on the diagonal where it showed, from 0.</summary>
    public int Index => index;

    /// <summary>Which matrix of a batch it is, from 0; 0 where there is but one.</summary>
    public int Matrix => matrix;
}
