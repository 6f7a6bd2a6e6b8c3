using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Products of matrices by tiles, after K. Goto and R. van de Geijn, Anatomy of High-Performance Matrix Multiplication (2008): a block of the
/// sum at a time, in which a panel of B stays in the first cache and a block of A in the second, both packed where that pays.
/// </summary>
/// <remarks>
/// A sum is cut into equal blocks of at most <see cref="DepthBlock"/> terms. Within a block terms are added one by one, and the blocks are
/// added to C in order: the bits of an element depend on the number of terms alone, not on its place, the other lengths, the packing, or the
/// threads, which share out the rows and columns of C.
/// </remarks>
internal readonly unsafe ref struct GemmLoop<T> : ILoop where T : unmanaged
{
    /// <summary>The terms of a sum that are added before C is written.</summary>
    public const int DepthBlock = 512;

    /// <summary>The bytes of a line of a cache.</summary>
    public const int LineBytes = 64;

    // With fewer multiplications the threads wait longer for each other's blocks than they gain.
    private const long LeastShared = 1 << 22;

    private readonly ref readonly Product<T> _product;
    private readonly int _batch;
    private readonly int _degree;
    private readonly nint _aBatch;
    private readonly nint _bBatch;
    private readonly nint _cBatch;
    private readonly CancellationToken _token;

    public GemmLoop(ref readonly Product<T> product, int batch, nint aBatch, nint bBatch, nint cBatch, int degree = 1, CancellationToken token = default)
    {
        _product = ref product;
        (_batch, _degree, _token) = (batch, degree, token);
        (_aBatch, _bBatch, _cBatch) = (aBatch, bBatch, cBatch);
    }

    public void Run<V, E>() where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        ref readonly var typed = ref Unsafe.As<Product<T>, Product<E>>(ref Unsafe.AsRef(in _product));
        if (!GemmPlan.IsSmall(in typed))
        {
            Blocked<V, E>(typed);
        }
        else if (_degree > 1 && _batch == 1)
        {
            Gemm.RunPieces(in typed, _degree, _token);
        }
        else
        {
            _token.ThrowIfCancellationRequested();
            SmallProducts.Run<V, E>(in typed, _batch, _aBatch, _bBatch, _cBatch);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Blocked<V, E>(Product<E> typed) where V : struct, IHardwareLane<V, E> where E : unmanaged
    {
        int threads = (long)typed.Rows * typed.Columns * typed.Depth < LeastShared ? 1 : _degree;
        var plan = GemmPlan.Of<V, E>(in typed, threads);
        byte* small = stackalloc byte[PackingBuffer<E>.SmallBytes];
        using var packed = new PackingBuffer<E>(plan.BSize);
        fixed (E* rented = packed.Rented)
        {
            E* b = packed.Start(rented, small);
            for (int i = 0; i < _batch; i++)
            {
                Multiply<V, E>(in typed, in plan, b, threads);
                typed.A += _aBatch;
                typed.B += _bBatch;
                typed.C += _cBatch;
            }
        }
    }

    private void Multiply<V, E>(in Product<E> product, in GemmPlan plan, E* bPacked, int threads)
        where V : struct, IHardwareLane<V, E>
        where E : unmanaged
    {
        for (int first = 0; first < plan.Panels.Count; first += plan.PanelBlock)
        {
            int end = Math.Min(first + plan.PanelBlock, plan.Panels.Count);
            for (int block = 0; block < plan.Depth.Count; block++)
            {
                var part = new GemmBlock<V, E>(in product, in plan, first, end, block, bPacked);
                if (bPacked is not null)
                    Team.Run(new GemmBlock<V, E>.PackB(in part), part.PanelGroups, threads, _token, plan.IsLong);
                Team.Run(new GemmBlock<V, E>.Multiply(in part), part.Pieces, threads, _token, plan.IsLong);
            }
        }
    }
}
