using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// A group of elementwise ops and folds of what they make. Until it is worth emitting code for, it goes tile by tile: between one op and the next a
/// tile stays in the first-level cache, and only what others read goes to memory. What is folded is folded while it is there.
/// </summary>
/// <remarks>
/// A run can be cut into ranges of elements: <see cref="Begin"/>, then <see cref="Run(nint*, int, int)"/> of consecutive ranges. All that these
/// write besides results lies behind the address at <see cref="Scratch"/>. With a table of its own, in which that address is another, another
/// thread can run another range and <see cref="Leave"/> its folds; afterwards <see cref="Join"/> brings them together, range by range. The bits are
/// the same if each range begins where all folds allow it: <see cref="PiecewiseFold"/> says where that is.
/// </remarks>
internal sealed unsafe class TiledStep : Step
{
    private volatile EmittedLoop? _loop;
    private int? _rowsTogether;

    /// <summary>The elements.</summary>
    public required int Length { get; init; }

    /// <summary>Whether its numbers are of single precision.</summary>
    public required bool IsFloat { get; init; }

    /// <summary>The elements of a tile where each op runs on its own.</summary>
    public required int Tile { get; init; }

    /// <summary>The elements that emitted code is given at a time.</summary>
    public required int Span { get; init; }

    /// <summary>The slot of the memory of tiles and folds.</summary>
    public required int Scratch { get; init; }

    /// <summary>The bytes of it. Those of folds come last.</summary>
    public required int ScratchBytes { get; init; }

    /// <summary>The ranges that can be run apart.</summary>
    public required TilePieces Pieces { get; init; }

    /// <summary>The slot of the memory where each of these leaves its folds.</summary>
    public required int Parts { get; init; }

    /// <summary>The elements that emitted code adds to all accumulators of a sum at a time; 0 if it adds up nothing.</summary>
    public required int Turn { get; init; }

    /// <summary>The slots that a table must have.</summary>
    public required int SlotCount { get; init; }

    /// <summary>Where elements stand.</summary>
    public required TilePlace[] Places { get; init; }

    /// <summary>The places that go on from tile to tile.</summary>
    public required int[] Moving { get; init; }

    /// <summary>The numbers that are repeated for programs of arithmetic.</summary>
    public required TileRepeat[] Repeats { get; init; }

    /// <summary>The broadcast operands that are written out.</summary>
    public required TileExpansion[] Expansions { get; init; }

    /// <summary>The rows that are read into tiles.</summary>
    public required TileGather[] Gathers { get; init; }

    /// <summary>The ops, in order.</summary>
    public required TileInstruction[] Instructions { get; init; }

    /// <summary>What is folded.</summary>
    public required TileFold[] Folds { get; init; }

    /// <summary>What is put together.</summary>
    public required TileJoin[] Joins { get; init; }

    /// <summary>What emitted code reads and writes, by place: inputs, then outputs.</summary>
    public required int[] Arrays { get; init; }

    /// <summary>What can be emitted; null if there is nothing to compute.</summary>
    public required ElementwiseCode? Code { get; init; }

    /// <inheritdoc/>
    public override long Work => (long)Length * ((Code?.Values.Length ?? 0) + Folds.Length);

    /// <inheritdoc/>
    public override bool IsEmitted => _loop is not null;

    /// <inheritdoc/>
    public override string Tier => _loop?.Form ?? FormattableString.Invariant($"interpreted, in tiles of {Tile} elements");

    /// <inheritdoc/>
    public override void Emit() => _loop ??= Code is null ? null : EmittedLoop.Compile(Code);

    /// <inheritdoc/>
    public override void Run(nint* table)
    {
        if (Pieces.Count == 1 || !OptionsScope.IsDivided)
        {
            Begin(table, 0);
            Run(table, 0, Length);
            return;
        }

        Team.Run(new TileWork(this, table), Pieces.Count, OptionsScope.Options.MaxDegreeOfParallelism, OptionsScope.Token);
        if (Folds.Length > 0)
        {
            Begin(table, 0);
            for (var piece = 0; piece < Pieces.Count; piece++)
            {
                Join(table, piece);
            }
        }
    }

    /// <summary>Makes folds ready for a range.</summary>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="first">The range's first element.</param>
    public void Begin(nint* table, int first)
    {
        foreach (var fold in Folds)
        {
            fold.Pieces.Start((byte*)table[Scratch] + fold.State, first);
        }
    }

    /// <summary>Computes the elements from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="first">The first element.</param>
    /// <param name="end">The element after the last.</param>
    public void Run(nint* table, int first, int end)
    {
        if (_loop is { } loop)
        {
            RunEmitted(loop, table, first, end);
        }
        else
        {
            TileInterpreter.Run(this, table, first, end, null, 0);
        }
    }

    /// <summary>Leaves the folds of a piece for <see cref="Join"/>.</summary>
    /// <param name="own">The table that it was run with.</param>
    /// <param name="table">The table of the whole.</param>
    /// <param name="piece">The piece.</param>
    public void Leave(nint* own, nint* table, int piece)
    {
        if (Folds.Length > 0)
        {
            var bytes = StateBytes;
            Buffer.MemoryCopy((byte*)own[Scratch] + Folds[0].State, (byte*)table[Parts] + ((nint)piece * bytes), bytes, bytes);
        }
    }

    /// <summary>Joins the folds of the piece that comes next to those of the pieces before it.</summary>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="piece">The piece.</param>
    public void Join(nint* table, int piece)
    {
        var part = (byte*)table[Parts] + ((nint)piece * StateBytes) - Folds[0].State;
        foreach (var fold in Folds)
        {
            fold.Pieces.Merge((byte*)table[Scratch] + fold.State, part + fold.State, Pieces[piece].First, (byte*)table[fold.Result]);
        }
    }

    private int StateBytes => ScratchBytes - Folds[0].State;

    private void RunEmitted(EmittedLoop loop, nint* table, int first, int end)
    {
        var pointers = stackalloc nint[Arrays.Length];
        for (var i = 0; i < Arrays.Length; i++)
        {
            pointers[i] = Places[Arrays[i]].In(table, 0);
        }

        var parts = stackalloc nint[RowsTogether];
        for (int start = first, reached; start < end; start = reached)
        {
            // What lies in a tile begins with it; the loop counts from the beginning of the whole.
            reached = (int)Math.Min((long)start + Span, end);
            foreach (ref readonly var expansion in Expansions.AsSpan())
            {
                var tile = Places[expansion.Target].In(table, 0);
                expansion.Walk.Run((byte*)table[expansion.Slot] + expansion.Offset, start, reached - start, (byte*)tile);
                pointers[expansion.Array] = tile - ((nint)start * expansion.Walk.ElementSize);
            }

            foreach (var gather in Gathers)
            {
                for (var k = 0; k < gather.Targets.Length; k++)
                {
                    parts[k] = Places[gather.Targets[k]].In(table, 0);
                    pointers[gather.Arrays[k]] = parts[k] - ((nint)start * gather.ElementSize);
                }

                gather.Run(table, start, reached - start, new ReadOnlySpan<nint>(parts, gather.Targets.Length));
            }

            foreach (var join in Joins)
            {
                foreach (var array in join.Arrays)
                {
                    if (array >= 0)
                    {
                        pointers[array] = Places[Arrays[array]].In(table, 0) - ((nint)start * join.ElementSize);
                    }
                }
            }

            foreach (ref readonly var fold in Folds.AsSpan())
            {
                pointers[fold.Array] = Places[Arrays[fold.Array]].In(table, 0) - (fold.IsTile ? (nint)start * fold.Pieces.ElementBytes : 0);
            }

            if (Turn > 0)
            {
                TileSums.Run(this, loop, table, pointers, start, reached);
            }

            for (long at = Turn > 0 ? reached : start; at < reached && (at = loop.Run(pointers, at, reached)) < reached;)
            {
                // An argument outside the range that the emitted code is for: its neighbourhood goes by the ops' own kernels.
                var stop = (int)Math.Min(at + EmittedLoop.Redone, reached);
                TileInterpreter.Run(this, table, (int)at, stop, pointers, start);
                at = stop;
            }

            foreach (ref readonly var fold in Folds.AsSpan())
            {
                if (fold.Accumulators is not null)
                {
                    continue;
                }

                Fold(fold, table, start, pointers[fold.Array] + ((nint)start * fold.Pieces.ElementBytes), reached - start);
            }

            foreach (var join in Joins)
            {
                for (var k = 0; k < join.Places.Length; k++)
                {
                    var array = join.Arrays[k];
                    parts[k] = array >= 0 ? pointers[array] + ((nint)start * join.ElementSize) : Places[join.Places[k]].In(table, start);
                }

                join.Run(table, start, reached - start, new ReadOnlySpan<nint>(parts, join.Places.Length));
            }
        }
    }

    /// <summary>The most rows or components that go together.</summary>
    public int RowsTogether => _rowsTogether ??= Math.Max(
        Gathers.Select(gather => gather.Targets.Length).DefaultIfEmpty().Max(), Joins.Select(join => join.Places.Length).DefaultIfEmpty().Max());

    public void Fold(in TileFold fold, nint* table, int start, nint x, int count) =>
        fold.Pieces.Add((byte*)table[Scratch] + fold.State, start, (byte*)x, count, (byte*)table[fold.Result]);
}
