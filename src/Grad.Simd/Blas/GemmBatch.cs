namespace Grad.Simd;

/// <summary>A batch of products in pieces of some products each.</summary>
internal readonly unsafe struct GemmBatch<T>(Product<T> product, int batch, nint aBatch, nint bBatch, nint cBatch, int pieces) : ITeamWork
    where T : unmanaged
{
    public void Work(scoped ref TeamShare share)
    {
        var parts = new Parts(batch, pieces);
        while (share.TryTake(out int piece))
        {
            int first = parts.Start(piece);
            var part = product;
            part.A += first * aBatch;
            part.B += first * bBatch;
            part.C += first * cBatch;
            Gemm.Run(in part, parts.Start(piece + 1) - first, aBatch, bBatch, cBatch);
        }
    }
}
