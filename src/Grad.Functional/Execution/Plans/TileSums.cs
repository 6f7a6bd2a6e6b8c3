using Grad.Simd;

namespace Grad.Functional;

/// <summary>
/// The sums that a group's emitted code adds up itself, vector by vector in registers or beside them: what is summed goes to no tile then. A stretch
/// that cannot be added so (the end of a sum, an argument outside a fast range) becomes terms first: accumulators that begin as −0 are the terms of one turn.
/// </summary>
internal static unsafe class TileSums
{
    // To hand accumulators over costs as much as a tile of some thousand elements; short rows are summed together, from a tile.
    private const int LeastTurns = 32;

    /// <summary>The sums of a group that its code can add up: side by side, so they have rows of one length.</summary>
    public static PlanValue[] Of(PlanUnit unit)
    {
        PlanValue[] sums = [.. unit.Values.Where(IsLong)];
        return Array.TrueForAll(sums, sum => sum.Fold!.Slab == sums[0].Fold!.Slab) ? sums : [];
    }

    /// <summary>The bytes that all accumulators of a sum take together; 0 if there is no sum.</summary>
    public static int TurnBytes(PlanValue[] sums) => sums.Length == 0 ? 0 : TurnBytes((IAccumulators)sums[0].Fold!);

    /// <summary>Runs emitted code over a stretch, and adds up what it makes.</summary>
    /// <param name="step">The group.</param>
    /// <param name="loop">Its code.</param>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="pointers">The arrays of the code.</param>
    /// <param name="start">The first element of the stretch, from which on broadcast operands have been written out.</param>
    /// <param name="end">The element after its last.</param>
    public static void Run(TiledStep step, EmittedLoop loop, nint* table, nint* pointers, int start, int end)
    {
        for (var at = start; at < end;)
        {
            var room = (end - at) / step.Turn * step.Turn;
            foreach (ref readonly var fold in step.Folds.AsSpan())
            {
                room = fold.Accumulators is { } sum ? Math.Min(room, sum.Room(State(step, fold, table), at)) : room;
            }

            if (room > 0 && Add(step, loop, table, pointers, at, at + room))
            {
                at += room;
                continue;
            }

            for (var stop = at + Math.Max(room, Math.Min(step.Turn, end - at)); at < stop;)
            {
                var next = Math.Min(at + step.Turn, stop);
                Terms(step, loop, table, pointers, start, at, next);
                at = next;
            }
        }
    }

    private static bool IsLong(PlanValue value) =>
        value.Fold is IAccumulators sum && sum.VectorBytes == EmittedLoop.WidestBytes && value.Operands[0].Value.Kernel is not null
        && value.Fold.Slab >= LeastTurns * TurnBytes(sum) / value.Fold.ElementBytes;

    private static int TurnBytes(IAccumulators sum) => sum.Turns * sum.VectorBytes;

    private static byte* State(TiledStep step, in TileFold fold, nint* table) => (byte*)table[step.Scratch] + fold.State;

    private static nint Accumulators(TiledStep step, in TileFold fold, nint* table) => step.Places[step.Arrays[fold.Array]].In(table, 0);

    // What was added where the code had to stop is forgotten: accumulators are copies until all is well.
    private static bool Add(TiledStep step, EmittedLoop loop, nint* table, nint* pointers, int at, int end)
    {
        foreach (ref readonly var fold in step.Folds.AsSpan())
        {
            if (fold.Accumulators is { } sum)
            {
                pointers[fold.Array] = Accumulators(step, fold, table);
                sum.Open(State(step, fold, table), (byte*)pointers[fold.Array]);
            }
        }

        if (loop.Run(pointers, at, end) < end)
        {
            return false;
        }

        foreach (ref readonly var fold in step.Folds.AsSpan())
        {
            fold.Accumulators?.Close(State(step, fold, table), (byte*)pointers[fold.Array], end - at);
        }

        return true;
    }

    // One turn or less. Less is computed as a turn that ends there, if it has begun by then; what it computes a second time is as it was.
    private static void Terms(TiledStep step, EmittedLoop loop, nint* table, nint* pointers, int start, int at, int end)
    {
        var from = end - step.Turn;
        foreach (ref readonly var fold in step.Folds.AsSpan())
        {
            if (fold.Accumulators is not null)
            {
                pointers[fold.Array] = Accumulators(step, fold, table);
                Negate((void*)pointers[fold.Array], step);
            }
        }

        if (from < start || loop.Run(pointers, from, end) < end)
        {
            from = at;
            foreach (ref readonly var fold in step.Folds.AsSpan())
            {
                pointers[fold.Array] -= fold.Accumulators is null ? 0 : (nint)at * fold.Pieces.ElementBytes;
            }

            TileInterpreter.Run(step, table, at, end, pointers, start);
        }

        foreach (ref readonly var fold in step.Folds.AsSpan())
        {
            if (fold.Accumulators is not null)
            {
                var terms = Accumulators(step, fold, table) + ((nint)(at - from) * fold.Pieces.ElementBytes);
                fold.Pieces.Add(State(step, fold, table), at, (byte*)terms, end - at, (byte*)table[fold.Result]);
            }
        }
    }

    // −0 and a number are that number.
    private static void Negate(void* accumulators, TiledStep step)
    {
        if (step.IsFloat)
        {
            new Span<float>(accumulators, step.Turn).Fill(-0f);
        }
        else
        {
            new Span<double>(accumulators, step.Turn).Fill(-0.0);
        }
    }
}
