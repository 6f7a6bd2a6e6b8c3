using System.Numerics;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

public static partial class SpanBlas
{
    /// <summary>A triangle of <c>C = alpha·A·Aᵀ + beta·C</c>, or with the transpose of <c>alpha·Aᵀ·A + beta·C</c>; the other is left as it is.</summary>
    /// <remarks>The sums are those of <c>Gemm</c>, to the bit. With beta = 0 what stood in the triangle is forgotten, NaN included.</remarks>
    /// <param name="a">A: n × k, or k × n if it is transposed.</param>
    /// <param name="c">C: n × n; shares no element with A.</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="beta">The factor of what stands in C.</param>
    /// <param name="lower">Whether the lower triangle is meant, or the upper one.</param>
    /// <param name="transposeA">Whether A is taken from the other side.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what C holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or C overlaps A.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Syrk(
        ReadOnlySpan2D<double> a, Span2D<double> c, double alpha = 1, double beta = 0, bool lower = true, bool transposeA = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Square(a, c, alpha, beta, lower, transposeA, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <inheritdoc cref="Syrk(ReadOnlySpan2D{double}, Span2D{double}, double, double, bool, bool, int, CancellationToken)"/>
    public static void Syrk(
        ReadOnlySpan2D<float> a, Span2D<float> c, float alpha = 1, float beta = 0, bool lower = true, bool transposeA = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Square(a, c, alpha, beta, lower, transposeA, TeamSize.Of(maxDegreeOfParallelism, cancellationToken));

    /// <summary><c>C = alpha·A·B + beta·C</c>, or from the right <c>alpha·B·A + beta·C</c>, where A is symmetric and given by one triangle.</summary>
    /// <remarks>The sums are those of <c>Gemm</c> on the whole of A, to the bit: it is completed in memory aside.</remarks>
    /// <param name="a">A, n × n, of which one triangle is read.</param>
    /// <param name="b">B: n × k, or k × n from the right.</param>
    /// <param name="c">C: as B; shares no element with A or B.</param>
    /// <param name="alpha">The factor of the product.</param>
    /// <param name="beta">The factor of what stands in C.</param>
    /// <param name="lower">Whether the lower triangle of A is read, or the upper one.</param>
    /// <param name="right">Whether A stands at the right.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what C holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or C overlaps A or B.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Symm(
        ReadOnlySpan2D<double> a, ReadOnlySpan2D<double> b, Span2D<double> c, double alpha = 1, double beta = 0, bool lower = true, bool right = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        LinalgContract.Square("Symm", a.Height, a.Width, nameof(a));
        LinalgContract.Disjoint<double>("Symm", a, nameof(a), c, nameof(c));
        var whole = Complete(a, lower);
        Gemm(right ? b : whole, right ? whole : b, c, alpha, beta, false, false, maxDegreeOfParallelism, cancellationToken);
    }

    /// <inheritdoc cref="Symm(ReadOnlySpan2D{double}, ReadOnlySpan2D{double}, Span2D{double}, double, double, bool, bool, int, CancellationToken)"/>
    public static void Symm(
        ReadOnlySpan2D<float> a, ReadOnlySpan2D<float> b, Span2D<float> c, float alpha = 1, float beta = 0, bool lower = true, bool right = false,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default)
    {
        LinalgContract.Square("Symm", a.Height, a.Width, nameof(a));
        LinalgContract.Disjoint<float>("Symm", a, nameof(a), c, nameof(c));
        var whole = Complete(a, lower);
        Gemm(right ? b : whole, right ? whole : b, c, alpha, beta, false, false, maxDegreeOfParallelism, cancellationToken);
    }

    /// <summary><c>A = alpha·x·yᵀ + A</c>.</summary>
    /// <param name="alpha">The factor.</param>
    /// <param name="x">As many elements as A has rows.</param>
    /// <param name="y">As many elements as A has columns.</param>
    /// <param name="a">A; shares no element with x or y.</param>
    /// <param name="maxDegreeOfParallelism">
    /// The most threads that work at once, the caller's among them; others are called only where that pays. They change no bit.
    /// </param>
    /// <param name="cancellationToken">Ends the work between pieces of it; what A holds then is of no use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or A overlaps x or y.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degree of parallelism is less than 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Ger(
        double alpha, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span2D<double> a,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Multiply(new(x), new(y), new(a), alpha, 1, true, false, maxDegreeOfParallelism, cancellationToken);

    /// <inheritdoc cref="Ger(double, ReadOnlySpan{double}, ReadOnlySpan{double}, Span2D{double}, int, CancellationToken)"/>
    public static void Ger(
        float alpha, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span2D<float> a,
        int maxDegreeOfParallelism = 1, CancellationToken cancellationToken = default) =>
        Multiply(new(x), new(y), new(a), alpha, 1, true, false, maxDegreeOfParallelism, cancellationToken);

    private static T[,] Complete<T>(ReadOnlySpan2D<T> a, bool lower) where T : unmanaged
    {
        var whole = new T[a.Height, a.Width];
        for (int i = 0; i < a.Height; i++)
        {
            for (int j = 0; j <= i; j++)
                whole[i, j] = whole[j, i] = lower ? a[i, j] : a[j, i];
        }

        return whole;
    }

    private static unsafe void Square<T>(ReadOnlySpan2D<T> a, Span2D<T> c, T alpha, T beta, bool lower, bool transposeA, TeamSize team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = transposeA ? a.Width : a.Height;
        LinalgContract.Shape("Syrk", nameof(c), c.Height, c.Width, n, n);
        LinalgContract.Disjoint<T>("Syrk", a, nameof(a), c, nameof(c));
        MatrixView<T> source = new(a), target = new(c);
        fixed (T* aStart = &source.GetPinnableReference(), cStart = &target.GetPinnableReference())
        {
            Matrix<T> matrix = new(aStart, a.Height, a.Width, source.Stride), result = new(cStart, n, n, target.Stride, team);
            SymmetricUpdate.Run(alpha, matrix, transposeA, beta, result, lower);
        }
    }
}
