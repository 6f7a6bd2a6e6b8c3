using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// A group of elementwise ops. Until it is worth emitting code for, it goes tile by tile: between one op and the next a tile stays in the
/// first-level cache, and only what others read goes to memory.
/// </summary>
internal sealed unsafe class TiledStep : Step
{
    private readonly int _length;
    private readonly int _tile;
    private readonly TilePlace[] _places;
    private readonly TileExpansion[] _expansions;
    private readonly TileInstruction[] _instructions;
    private readonly ElementwiseCode? _code;

    // What emitted code reads and writes, by place: inputs, then outputs.
    private readonly int[] _arrays;
    private volatile EmittedLoop? _loop;

    internal TiledStep(
        int length, int tile, TilePlace[] places, TileExpansion[] expansions, TileInstruction[] instructions, ElementwiseCode? code, int[] arrays) =>
        (_length, _tile, _places, _expansions, _instructions, _code, _arrays) = (length, tile, places, expansions, instructions, code, arrays);

    /// <inheritdoc/>
    public override long Work => (long)_length * _instructions.Length;

    /// <inheritdoc/>
    public override bool IsEmitted => _loop is not null;

    /// <inheritdoc/>
    public override void Emit() => _loop ??= _code is null ? null : EmittedLoop.Compile(_code);

    /// <inheritdoc/>
    public override void Run(nint* table)
    {
        if (_loop is { } loop)
        {
            RunEmitted(loop, table);
        }
        else
        {
            RunPlain(table, 0, _length, expandedFrom: -1);
        }
    }

    private void RunEmitted(EmittedLoop loop, nint* table)
    {
        var pointers = stackalloc nint[_arrays.Length];
        for (var i = 0; i < _arrays.Length; i++)
        {
            pointers[i] = table[_places[_arrays[i]].Slot];
        }

        // What is written out for a tile lies in the tile; the loop counts from the beginning of the whole.
        var span = _expansions.Length == 0 ? _length : _tile;
        for (var start = 0; start < _length; start += span)
        {
            var end = Math.Min(start + span, _length);
            foreach (var expansion in _expansions)
            {
                var tile = table[_places[expansion.Target].Slot];
                expansion.Walk.Run((byte*)table[expansion.Slot], start, end - start, (byte*)tile);
                pointers[expansion.Array] = tile - ((nint)start * expansion.Walk.ElementSize);
            }

            for (long at = start; (at = loop.Run(pointers, at, end)) < end;)
            {
                // An argument outside the range that the emitted code is for: its neighbourhood goes by the ops' own kernels.
                var stop = (int)Math.Min(at + EmittedLoop.Redone, end);
                RunPlain(table, (int)at, stop, start);
                at = stop;
            }
        }
    }

    /// <param name="table">Addresses by slot.</param>
    /// <param name="first">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <param name="expandedFrom">From which element on broadcast operands have been written out; −1 if they have not.</param>
    [SkipLocalsInit]
    private void RunPlain(nint* table, int first, int end, int expandedFrom)
    {
        var where = stackalloc nint[_places.Length];
        for (var start = first; start < end; start += _tile)
        {
            var count = Math.Min(_tile, end - start);
            for (var i = 0; i < _places.Length; i++)
            {
                where[i] = table[_places[i].Slot] + ((nint)start * _places[i].Advance);
            }

            foreach (var expansion in _expansions)
            {
                if (expandedFrom < 0)
                {
                    expansion.Walk.Run((byte*)table[expansion.Slot], start, count, (byte*)where[expansion.Target]);
                }
                else
                {
                    where[expansion.Target] += (nint)(start - expandedFrom) * expansion.Walk.ElementSize;
                }
            }

            foreach (ref readonly var instruction in _instructions.AsSpan())
            {
                instruction.Kernel.Many(
                    (void*)where[instruction.X],
                    (void*)where[instruction.Y],
                    (void*)where[instruction.Z],
                    (void*)where[instruction.Result],
                    count,
                    instruction.Still);
            }
        }
    }
}

/// <summary>Where elements stand while a tile is worked on.</summary>
/// <param name="Slot">The address of the whole, or of a tile.</param>
/// <param name="Advance">Bytes from one element of the whole to the next; 0 for tiles and for single elements.</param>
internal readonly record struct TilePlace(int Slot, int Advance);

/// <summary>A broadcast operand that is written out, tile by tile.</summary>
/// <param name="Slot">The operand.</param>
/// <param name="Walk">How its elements repeat.</param>
/// <param name="Target">The place of the tile.</param>
/// <param name="Array">What it is among the arrays of emitted code.</param>
internal readonly record struct TileExpansion(int Slot, ExpandWalk Walk, int Target, int Array);

/// <summary>One op on tiles.</summary>
internal readonly record struct TileInstruction(ElementKernel Kernel, int X, int Y, int Z, int Result, Still Still);
