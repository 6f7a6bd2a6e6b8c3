using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>One block of the sums, of the columns of some panels: what is packed of B, then multiplied with all of A's rows, each in pieces of their own.</summary>
internal readonly unsafe struct GemmBlock<V, E> where V : struct, IHardwareLane<V, E> where E : unmanaged
{
    private readonly Product<E> _product;
    private readonly GemmPlan _plan;
    private readonly int _firstPanel;
    private readonly Parts _groups;
    private readonly int _block;
    private readonly nint _depth;
    private readonly E* _a;
    private readonly E* _b;
    private readonly E* _bPacked;

    public GemmBlock(in Product<E> product, in GemmPlan plan, int firstPanel, int endPanel, int block, E* bPacked)
    {
        (_product, _plan, _firstPanel, _block) = (product, plan, firstPanel, block);
        _groups = new Parts(endPanel - firstPanel, Math.Min(plan.PanelGroups, endPanel - firstPanel));
        nint start = plan.Depth.Start(block);
        _depth = plan.Depth.Start(block + 1) - start;
        _a = product.A + start * product.AColumn;
        _b = product.B + start * product.BRow;
        _bPacked = bPacked;
    }

    /// <summary>The pieces that B is packed in.</summary>
    public int PanelGroups => Math.Min(_plan.PackGroups, PanelCount);

    /// <summary>The pieces of C.</summary>
    public int Pieces => _plan.StripBlocks.Count * _groups.Count;

    private int PanelCount => _groups.Start(_groups.Count);

    private nint PanelSize => _plan.Panels.Width * _depth;

    private void Pack(int firstPanel, int endPanel)
    {
        for (int j = firstPanel; j < endPanel; j++)
        {
            var panel = _plan.Panels[_firstPanel + j];
            E* source = _b + panel.Start * _product.BColumn;
            Packing.Interleave(source, _product.BColumn, _product.BRow, panel.Lanes * V.Count - panel.Skip, _depth, _bPacked + j * PanelSize);
        }
    }

    private void Add(int stripBlock, int firstPanel, int endPanel, E* aPacked)
    {
        E beta = _block == 0 ? _product.Beta : V.First(V.Constant(1));
        TileOperands<E> tile = new()
        {
            Depth = _depth,
            CRow = _product.CRow,
            Alpha = _product.Alpha,
            Zero = V.First(V.Constant(-0.0)),
            IsPlain = V.All(V.Equal(V.Broadcast(_product.Alpha), V.Constant(1))),
            Beta = beta,
            Overwrites = _block == 0 && V.All(V.Equal(V.Broadcast(beta), V.Constant(0))),
            Count = 1,
        };
        int firstStrip = _plan.StripBlocks.Start(stripBlock), endStrip = _plan.StripBlocks.Start(stripBlock + 1);
        nint firstRow = _plan.Strips.Start(firstStrip);
        if (aPacked is not null)
        {
            for (int strip = firstStrip; strip < endStrip; strip++)
            {
                nint top = _plan.Strips.Start(strip), bottom = _plan.Strips.Start(strip + 1);
                E* source = _a + top * _product.ARow;
                Packing.Interleave(source, _product.ARow, _product.AColumn, bottom - top, _depth, aPacked + (top - firstRow) * _depth);
            }
        }

        for (int j = firstPanel; j < endPanel; j++)
        {
            var panel = _plan.Panels[_firstPanel + j];
            tile.B = _bPacked is null ? _b + panel.Start : _bPacked + j * PanelSize;
            tile.BStep = _bPacked is null ? _product.BRow : panel.Lanes * V.Count - panel.Skip;
            tile.C = _product.C + panel.Start;

            // A panel one lane wider than a tile is two.
            int lanes = Math.Min(panel.Lanes, Tile.MaxLanes);
            Add(ref tile, firstStrip, endStrip, lanes, lanes == panel.Lanes ? panel.Skip : 0, aPacked);
            if (lanes == panel.Lanes)
                continue;
            int done = lanes * V.Count - panel.Skip;
            tile.B += done;
            tile.C += done;
            tile.Skip = panel.Skip;
            Add(ref tile, firstStrip, endStrip, 1, 0, aPacked);
            tile.Skip = 0;
        }
    }

    private void Add(ref TileOperands<E> tile, int firstStrip, int endStrip, int lanes, int skip, E* aPacked)
    {
        tile.Last = (lanes - 1) * V.Count - skip;
        tile.LastSkip = skip;
        bool isWhole = aPacked is not null && tile.BStep == lanes * V.Count;
        nint firstRow = _plan.Strips.Start(firstStrip);
        E* c = tile.C;
        for (int strip = firstStrip; strip < endStrip; strip++)
        {
            nint top = _plan.Strips.Start(strip), height = _plan.Strips.Start(strip + 1) - top;
            tile.C = c + top * _product.CRow;
            if (aPacked is null)
            {
                tile.A = _a + top * _product.ARow;
                tile.ARow = _product.ARow;
                tile.AStep = _product.AColumn;
            }
            else
            {
                tile.A = aPacked + (top - firstRow) * _depth;
                tile.ARow = 1;
                tile.AStep = height;
            }

            for (nint row = 0; row < (_plan.FetchesC ? height : 0); row++)
                Prefetch.ToFirst(tile.C + row * _product.CRow, lanes * V.Count * sizeof(E));
            Tile.Kernel<V, E>((int)height, lanes, isWhole)(in tile);
        }

        tile.C = c;
    }

    /// <summary>Packs B, some panels a piece.</summary>
    public readonly struct PackB(in GemmBlock<V, E> block) : ITeamWork
    {
        private readonly GemmBlock<V, E> _block = block;

        public void Work(scoped ref TeamShare share)
        {
            var groups = new Parts(_block.PanelCount, _block.PanelGroups);
            while (share.TryTake(out int piece))
                _block.Pack(groups.Start(piece), groups.Start(piece + 1));
        }
    }

    /// <summary>Adds the products to C: some rows and columns a piece, each thread with packed rows of A of its own.</summary>
    public readonly struct Multiply(in GemmBlock<V, E> block) : ITeamWork
    {
        private readonly GemmBlock<V, E> _block = block;

        [SkipLocalsInit]
        public void Work(scoped ref TeamShare share)
        {
            byte* small = stackalloc byte[PackingBuffer<E>.SmallBytes];
            using var packed = new PackingBuffer<E>(_block._plan.ASize);
            fixed (E* rented = packed.Rented)
            {
                E* a = packed.Start(rented, small);
                int groups = _block._groups.Count;
                while (share.TryTake(out int piece))
                {
                    int group = piece % groups;
                    _block.Add(piece / groups, _block._groups.Start(group), _block._groups.Start(group + 1), a);
                }
            }
        }
    }
}
