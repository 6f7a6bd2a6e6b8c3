using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Matrix products on places in memory, for callers that have checked them.</summary>
internal static unsafe class Gemm
{
    /// <summary>
    /// Computes a product, or a batch of them whose operands lie at regular distances, counted in elements; a distance of 0 repeats an operand.
    /// C shares no memory with A or B.
    /// </summary>
    public static void Run<T>(in Product<T> product, int batch = 1, nint aBatch = 0, nint bBatch = 0, nint cBatch = 0)
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

        if (batch == 1 && product.Rows == 1 && product.BColumn == 1)
        {
            var rows = new WeightedRows<T>(product);
            Widest.Run<WeightedRows<T>, T>(ref rows, product.Columns);
            return;
        }

        var loop = new GemmLoop<T>(product, batch, aBatch, bBatch, cBatch);
        Widest.Run<GemmLoop<T>, T>(ref loop, product.Columns);
    }

    // With beta = 0 whatever stands in C is forgotten.
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
