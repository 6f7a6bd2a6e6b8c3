using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Matrix products on places in memory, for callers that have checked them.</summary>
internal static unsafe class Gemm
{
    // Fewer multiplications than this are done before others could be called.
    private const long LeastShared = 1 << 20;
    private const int PiecesPerThread = 8;

    // In bytes: as many columns are one tile, whose sums stay in registers.
    private const int LeastStretch = 192;

    // In bytes: so few columns are up to three lanes of half the greatest length. A tile of a single long lane would read an element of A for each
    // multiplication of lanes, and memory gives as many in a cycle as are multiplied.
    private const int HalfLane = WideLane.Size / 2, FewColumns = 3 * HalfLane;

    /// <summary>
    /// Computes a product, or a batch of them whose operands lie at regular distances, counted in elements; a distance of 0 repeats an operand.
    /// C shares no memory with A or B.
    /// </summary>
    /// <param name="product">The product, or the first of the batch.</param>
    /// <param name="batch">How many.</param>
    /// <param name="aBatch">From one A to the next.</param>
    /// <param name="bBatch">From one B to the next.</param>
    /// <param name="cBatch">From one C to the next.</param>
    /// <param name="degree">The most threads.</param>
    /// <param name="token">Ends the work; C is not whole then.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run<T>(
        in Product<T> product,
        int batch = 1,
        nint aBatch = 0,
        nint bBatch = 0,
        nint cBatch = 0,
        int degree = 1,
        CancellationToken token = default)
        where T : unmanaged
    {
        if (product.Rows == 0 || product.Columns == 0)
            return;
        if (product.Depth == 0 || Scalar.ToDouble(product.Alpha) == 0)
        {
            for (int i = 0; i < batch; i++)
                Scale(in product, i * cBatch);
            return;
        }

        if (degree > 1)
        {
            degree = (long)product.Rows * product.Columns * product.Depth * batch < LeastShared ? 1 : degree;
            if (degree > 1 && batch >= PiecesPerThread * degree)
            {
                RunBatch(in product, batch, aBatch, bBatch, cBatch, degree, token);
                return;
            }
        }

        if (product.Rows == 1 && batch == 1 && product.BColumn == 1
            && (product.Columns > LeastStretch / sizeof(T) || product.Depth > GemmLoop<T>.DepthBlock))
        {
            RunRow(in product, degree, token);
            return;
        }

        if (degree == 1 && NarrowProducts<T>.Fit(in product))
        {
            RunNarrow(product, batch, aBatch, bBatch, cBatch, token);
            return;
        }

        var loop = new GemmLoop<T>(in product, batch, aBatch, bBatch, cBatch, degree, token);
        Widest.Run<GemmLoop<T>, T>(ref loop, product.Columns <= FewColumns / sizeof(T) ? Math.Min(product.Columns, HalfLane / sizeof(T)) : product.Columns);
    }

    /// <summary>A product of which nothing is packed, by several threads.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunPieces<T>(in Product<T> product, int degree, CancellationToken token) where T : unmanaged
    {
        var pieces = new GemmPieces<T>(in product, PiecesPerThread * degree);
        Team.Run(pieces, pieces.Count, degree, token);
    }

    // What a small product does not need is left out of line: it would widen the frame, which is cleared.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunBatch<T>(in Product<T> product, int batch, nint aBatch, nint bBatch, nint cBatch, int degree, CancellationToken token)
        where T : unmanaged
    {
        int pieces = Math.Min(batch, PiecesPerThread * PiecesPerThread * degree);
        Team.Run(new GemmBatch<T>(product, batch, aBatch, bBatch, cBatch, pieces), pieces, degree, token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunRow<T>(in Product<T> product, int degree, CancellationToken token) where T : unmanaged
    {
        if (degree > 1)
        {
            RunPieces(in product, degree, token);
            return;
        }

        token.ThrowIfCancellationRequested();
        var rows = new WeightedRows<T>(product);
        Widest.Run<WeightedRows<T>, T>(ref rows, product.Columns);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunNarrow<T>(Product<T> product, int batch, nint aBatch, nint bBatch, nint cBatch, CancellationToken token)
        where T : unmanaged
    {
        for (; batch > 0; batch--)
        {
            token.ThrowIfCancellationRequested();
            var loop = new NarrowProducts<T>(in product);
            Widest.Run<NarrowProducts<T>, T>(ref loop, product.Rows);
            product.A += aBatch;
            product.B += bBatch;
            product.C += cBatch;
        }
    }

    // With beta = 0 whatever stands in C is forgotten.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Scale<T>(in Product<T> product, nint offset) where T : unmanaged
    {
        for (int row = 0; row < product.Rows; row++)
        {
            var c = new Span<T>(product.C + offset + row * product.CRow, product.Columns);
            if (Scalar.ToDouble(product.Beta) == 0)
                c.Clear();
            else
                Map.Run(new WithFirst<MultiplyKernel>(default, Scalar.ToDouble(product.Beta)), c, c, "Gemm");
        }
    }

    private readonly struct MultiplyKernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x * y;
    }
}
