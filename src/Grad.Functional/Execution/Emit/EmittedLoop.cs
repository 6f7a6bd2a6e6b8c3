using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Computes a stretch of a row by the ops' own kernels: what an emitted loop leaves to others.</summary>
internal unsafe interface IPlainKernels
{
    /// <summary>Computes the elements from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    /// <param name="pointers">The row's first elements: of each input, then of each output.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">The element after the last.</param>
    void Run(nint* pointers, long start, long end);
}

/// <summary>A group of elementwise ops as loops of machine code, with the same bits as the ops' own kernels.</summary>
internal sealed unsafe class EmittedLoop
{
    /// <summary>What plain kernels compute at a stroke where the emitted code cannot.</summary>
    public const int Redone = 256;

    /// <summary>The most vectors that are computed side by side.</summary>
    public const int MostVectors = 4;

    /// <summary>What slots of memory between stages take at most: a part of the nearest cache, the rest of which arrays pass through meanwhile.</summary>
    private const int TileBytes = 8 << 10;

    private const int CacheLine = 64;

    // A group of very many ops may need more than a thread's stack should give.
    private const int MostOnStack = 128 << 10;

    private readonly LoopBody[] _stages;
    private readonly ElementwiseCode _code;
    private readonly int _elementBytes;
    private readonly int _step;
    private readonly int _slots;
    private readonly int _tile;
    private readonly int _interleave;

    private EmittedLoop(ElementwiseCode code, LoopBody[] stages, int elementBytes, int step, int interleave, int slots)
    {
        (_code, _stages, _elementBytes, _step, _interleave, _slots) = (code, stages, elementBytes, step, interleave, slots);

        // Accumulators take turns from the beginning of each tile.
        var unit = step / interleave * Math.Max(interleave, code.Outputs.Select(output => output.Turns).DefaultIfEmpty().Max());
        _tile = Math.Max(1, TileBytes / (Math.Max(1, slots) * elementBytes * unit)) * unit;
    }

    /// <summary>The names of the methods that the group was cut into.</summary>
    public string[] Methods => Array.ConvertAll(_stages, stage => stage.Method.Name);

    /// <summary>Whether this process can emit code: whether it may, and has vectors to emit it for.</summary>
    public static bool IsPossible => RuntimeFeature.IsDynamicCodeSupported && VectorCode.WidestBytes > 0;

    /// <summary>The bytes of the vectors that code is emitted for; 0 where none can be.</summary>
    public static int WidestBytes => RuntimeFeature.IsDynamicCodeSupported ? VectorCode.WidestBytes : 0;

    /// <summary>What was emitted, in words.</summary>
    public string Form => FormattableString.Invariant($"emitted: vectors of {_step / _interleave * _elementBytes * 8} bits, {_interleave} side by side")
        + (_stages.Length == 1 ? "" : FormattableString.Invariant($", {_stages.Length} loops by turns on tiles of {_tile} elements"));

    /// <summary>The code's loop; null where code cannot be emitted: without dynamic code, without vector hardware.</summary>
    /// <param name="code">The group.</param>
    /// <param name="interleave">The vectors side by side; 0 for as many as pay.</param>
    /// <param name="bytes">The bytes of a vector; 0 for the widest that the hardware has.</param>
    public static EmittedLoop? Compile(ElementwiseCode code, int interleave = 0, int bytes = 0)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            return null;
        }

        return VectorCode.WidestBytes == 0 ? null : Emit(code, interleave, bytes == 0 ? VectorCode.WidestBytes : bytes);
    }

    /// <summary>Computes the elements from <paramref name="start"/> up to <paramref name="end"/>, or as many of them as are in fast ranges.</summary>
    /// <remarks>
    /// An output may be the memory of an input that runs, if both begin together and have elements of one size; otherwise they are disjoint.
    /// </remarks>
    /// <param name="pointers">The row's first elements: of each input, then of each output.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <returns>
    /// The first element that was not computed: <paramref name="end"/>, or one near which there is an argument outside the fast range of a
    /// function.
    /// </returns>
    public long Run(nint* pointers, long start, long end)
    {
        var whole = end - ((end - start) % _step);
        var reached = start < whole ? Whole(pointers, start, whole) : start;
        if (reached < whole || whole == end)
        {
            return reached;
        }

        if (end - start < _step || IsInPlace(pointers))
        {
            return Rest(pointers, whole, (int)(end - whole)) ? end : whole;
        }

        // The last iteration ends flush with the data; what it shares with the one before, it computes again.
        return Whole(pointers, end - _step, end) == end ? end : whole;
    }

    /// <summary>Computes a whole row; what the emitted code leaves is computed by plain kernels.</summary>
    public void Run<TKernels>(nint* pointers, long length, ref TKernels kernels) where TKernels : IPlainKernels, allows ref struct
    {
        for (long at = 0; (at = Run(pointers, at, length)) < length;)
        {
            var end = Math.Min(at + Redone, length);
            kernels.Run(pointers, at, end);
            at = end;
        }
    }

    [RequiresDynamicCode("Emits machine code.")]
    private static EmittedLoop Emit(ElementwiseCode code, int interleave, int bytes)
    {
        var vectors = VectorCode.Of(code.ElementType, bytes);
        var program = GroupRecording.Of(code, vectors);
        var stages = MicroStages.Cut(program, code.Inputs.Length + code.Outputs.Length, vectors);
        var most = interleave > 0 ? interleave : Most(code, vectors);
        var interleaves = new int[stages.Programs.Length];
        var bodies = new LoopBody[stages.Programs.Length];
        for (var k = 0; k < bodies.Length; k++)
        {
            var stage = stages.Programs[k];
            interleaves[k] = most;
            var order = MicroSchedule.Order(stage, most, vectors.Bytes, vectors.Registers, out var fits);
            while (!fits && interleave == 0 && interleaves[k] > 1)
            {
                interleaves[k] /= 2;
                order = MicroSchedule.Order(stage, interleaves[k], vectors.Bytes, vectors.Registers, out fits);
            }

            bodies[k] = LoopEmitter.Emit(vectors, stage, interleaves[k], order);
        }

        return new EmittedLoop(code, bodies, vectors.ElementBytes, interleaves.Max() * vectors.Count, interleaves.Max(), stages.Slots);
    }

    // A little more than the tile: at multiples of a page slots would share lines of the cache.
    private int SlotBytes => (_tile * _elementBytes) + CacheLine;

    private nint Whole(nint* pointers, long start, long end) =>
        _stages.Length == 1 ? _stages[0](pointers, (nint)start, (nint)end) : Tiles(pointers, (nint)start, (nint)end);

    [SkipLocalsInit]
    private nint Tiles(nint* pointers, nint start, nint end)
    {
        var bytes = (_slots * (SlotBytes + sizeof(nint))) + ((_code.Inputs.Length + _code.Outputs.Length) * sizeof(nint)) + CacheLine;
        if (bytes <= MostOnStack)
        {
            var room = stackalloc byte[bytes];
            return Tiles(pointers, start, end, room);
        }

        var memory = NativeMemory.Alloc((nuint)bytes);
        try
        {
            return Tiles(pointers, start, end, (byte*)memory);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    private nint Tiles(nint* pointers, nint start, nint end, byte* room)
    {
        var slotBytes = SlotBytes;
        var arrays = _code.Inputs.Length + _code.Outputs.Length;
        var first = ((nint)room + CacheLine - 1) & -CacheLine;
        var all = (nint*)(first + (_slots * slotBytes));
        new ReadOnlySpan<nint>(pointers, arrays).CopyTo(new Span<nint>(all, arrays));
        for (var at = start; at < end; at += _tile)
        {
            // Stages go by the element's place in the row, slots by its place in the tile.
            for (var slot = 0; slot < _slots; slot++)
            {
                all[arrays + slot] = first + (slot * slotBytes) - (at * _elementBytes);
            }

            var reached = Math.Min(at + _tile, end);
            foreach (var stage in _stages)
            {
                reached = stage(all, at, reached);
            }

            if (reached < Math.Min(at + _tile, end))
            {
                return reached;
            }
        }

        return end;
    }

    /// <summary>Computes less than an iteration, in memory of its own that is filled up with the last element.</summary>
    [SkipLocalsInit]
    private bool Rest(nint* pointers, long start, int count)
    {
        var bytes = _step * _elementBytes;
        var arrays = _code.Inputs.Length + _code.Outputs.Length;
        var all = stackalloc nint[arrays];
        var room = stackalloc byte[(arrays * bytes) + CacheLine];
        var first = ((nint)room + CacheLine - 1) & -CacheLine;
        for (var k = 0; k < arrays; k++)
        {
            all[k] = first + (k * bytes);
        }

        for (var k = 0; k < _code.Inputs.Length; k++)
        {
            var (isMask, runs) = _code.Inputs[k];
            if (!runs)
            {
                all[k] = pointers[k];
            }
            else if (isMask)
            {
                Fill((byte*)pointers[k] + start, (byte*)all[k], count);
            }
            else if (_elementBytes == sizeof(float))
            {
                Fill((int*)pointers[k] + start, (int*)all[k], count);
            }
            else
            {
                Fill((long*)pointers[k] + start, (long*)all[k], count);
            }
        }

        if (Whole(all, 0, _step) < _step)
        {
            return false;
        }

        for (var k = 0; k < _code.Outputs.Length; k++)
        {
            var size = _code.Outputs[k].IsMask ? sizeof(bool) : _elementBytes;
            var at = _code.Inputs.Length + k;
            Unsafe.CopyBlockUnaligned((void*)(pointers[at] + (nint)(start * size)), (void*)all[at], (uint)(count * size));
        }

        return true;
    }

    private void Fill<T>(T* source, T* destination, int count) where T : unmanaged
    {
        new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(destination, count));
        new Span<T>(destination + count, _step - count).Fill(source[count - 1]);
    }

    private bool IsInPlace(nint* pointers)
    {
        for (var output = 0; output < _code.Outputs.Length; output++)
        {
            for (var input = 0; input < _code.Inputs.Length; input++)
            {
                if (_code.Inputs[input].Runs && pointers[input] == pointers[_code.Inputs.Length + output])
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The most vectors that are worth computing side by side; a short row may be too short for them.</summary>
    private static int Most(ElementwiseCode code, VectorCode vectors)
    {
        // More than two lines of an array at a time is what streams from memory take badly.
        const int TwoLines = 128;
        var interleave = Math.Min(MostVectors, TwoLines / vectors.Bytes);
        while (interleave > 1 && interleave / 2 * vectors.Count >= code.RowLength)
        {
            interleave /= 2;
        }

        return interleave;
    }
}
