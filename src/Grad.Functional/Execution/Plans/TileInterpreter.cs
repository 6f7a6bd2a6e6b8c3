using System.Runtime.CompilerServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Runs a group without emitted code, tile by tile.</summary>
internal static unsafe class TileInterpreter
{
    /// <param name="step">The group.</param>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="first">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <param name="arrays">
    /// The arrays of emitted code, if this is a part of what it was to do: then broadcast operands have been written out, and what is to be folded
    /// goes there. Else null.
    /// </param>
    /// <param name="expandedFrom">From which element on broadcast operands have been written out.</param>
    [SkipLocalsInit]
    public static void Run(TiledStep step, nint* table, int first, int end, nint* arrays, int expandedFrom)
    {
        var places = step.Places;
        var where = stackalloc nint[places.Length];
        var parts = stackalloc nint[step.RowsTogether];
        for (var i = 0; i < places.Length; i++)
        {
            where[i] = places[i].In(table, first);
        }

        foreach (ref readonly var repeat in step.Repeats.AsSpan())
        {
            repeat.Write(places, table, step.IsFloat);
        }

        for (var start = first; start < end; start += step.Tile)
        {
            var count = Math.Min(step.Tile, end - start);
            if (start > first)
            {
                foreach (var place in step.Moving)
                {
                    where[place] += (nint)step.Tile * places[place].Advance;
                }
            }

            Read(step, table, where, parts, start, count, arrays, expandedFrom);
            foreach (ref readonly var instruction in step.Instructions.AsSpan())
            {
                Do(step, instruction, where, table, start, count, arrays);
            }

            Join(step, table, where, parts, start, count, arrays);
        }
    }

    // Broadcast operands and rows.
    private static void Read(TiledStep step, nint* table, nint* where, nint* parts, int start, int count, nint* arrays, int expandedFrom)
    {
        foreach (ref readonly var expansion in step.Expansions.AsSpan())
        {
            if (arrays is null)
            {
                expansion.Walk.Run((byte*)table[expansion.Slot] + expansion.Offset, start, count, (byte*)where[expansion.Target]);
            }
            else
            {
                where[expansion.Target] = step.Places[expansion.Target].In(table, 0) + ((nint)(start - expandedFrom) * expansion.Walk.ElementSize);
            }
        }

        foreach (var gather in step.Gathers)
        {
            for (var k = 0; k < gather.Targets.Length; k++)
            {
                ref var tile = ref where[gather.Targets[k]];
                tile = arrays is null ? tile : step.Places[gather.Targets[k]].In(table, 0) + ((nint)(start - expandedFrom) * gather.ElementSize);
                parts[k] = tile;
            }

            if (arrays is null)
            {
                gather.Run(table, start, count, new ReadOnlySpan<nint>(parts, gather.Targets.Length));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Do(TiledStep step, in TileInstruction instruction, nint* where, nint* table, int start, int count, nint* arrays)
    {
        if (instruction.Kernel is { } kernel)
        {
            kernel.Many(
                (void*)where[instruction.X],
                (void*)where[instruction.Y],
                (void*)where[instruction.Z],
                (void*)where[instruction.Result],
                count,
                instruction.Still);
            return;
        }

        if (instruction.Program is { } program)
        {
            program.Run(where, count, step.IsFloat);
            return;
        }

        if (instruction.Pair is { } pair)
        {
            pair.Many((void*)where[instruction.X], (void*)where[instruction.Result], (void*)where[instruction.Z], count);
            return;
        }

        ref readonly var fold = ref step.Folds[instruction.Result];
        if (arrays is null)
        {
            step.Fold(fold, table, start, where[instruction.X], count);
        }
        else if (fold.IsTile)
        {
            var size = fold.Pieces.ElementBytes;
            Unsafe.CopyBlock((void*)(arrays[fold.Array] + ((nint)start * size)), (void*)where[instruction.X], (uint)(count * size));
        }
    }

    private static void Join(TiledStep step, nint* table, nint* where, nint* parts, int start, int count, nint* arrays)
    {
        foreach (var join in step.Joins)
        {
            for (var k = 0; k < join.Places.Length; k++)
            {
                parts[k] = where[join.Places[k]];
                if (arrays is not null && join.Arrays[k] is >= 0 and var array)
                {
                    var size = join.ElementSize;
                    Unsafe.CopyBlock((void*)(arrays[array] + ((nint)start * size)), (void*)parts[k], (uint)(count * size));
                }
            }

            if (arrays is null)
            {
                join.Run(table, start, count, new ReadOnlySpan<nint>(parts, join.Places.Length));
            }
        }
    }
}
