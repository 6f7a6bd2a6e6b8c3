using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>
/// A fold over the middle axis of a row-major [outer, axis, inner] whose elements come piece by piece, in the order in which they stand. It has
/// the bits of the fold of the whole. All that changes stands in memory that the caller gives; the fold itself is the same for all threads.
/// </summary>
/// <remarks>
/// Parts can be folded apart, each in a state of its own, and merged in order. A slab is the elements of one place of the outer axis. A part
/// may begin where a slab does; or inside a slab, at a multiple of <see cref="Block"/>·2ᵏ of its elements, and then it is at most as long as
/// that and ends with the slab at the latest.
/// </remarks>
/// <param name="slab">The elements of axis and inner together, at least one.</param>
/// <param name="resultBytes">The bytes of the results of a slab.</param>
/// <param name="elementBytes">The bytes of an element.</param>
internal abstract unsafe class PiecewiseFold(int slab, int resultBytes, int elementBytes)
{
    /// <summary>What every state begins with; as long as a lane, so that all behind it is aligned as the state is.</summary>
    protected const int HeaderBytes = 64;

    /// <summary>The elements of a slab.</summary>
    public int Slab => slab;

    /// <summary>The bytes of an element.</summary>
    public int ElementBytes => elementBytes;

    /// <summary>The elements that are folded on their own before they are combined with others; pieces of whole blocks are the fastest.</summary>
    public abstract int Block { get; }

    /// <summary>The bytes of a state, which is to be aligned to 64. A lane before each piece must be readable too.</summary>
    public abstract int StateBytes { get; }

    /// <summary>Begins a part.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="first">Its first element.</param>
    public void Start(byte* state, long first)
    {
        var part = (Part*)state;
        (part->IsContinuation, part->HasEnded) = (first % slab != 0, false);
        Clear(state);
    }

    /// <summary>Folds the elements that come next.</summary>
    /// <param name="state">The part's state.</param>
    /// <param name="start">The place of the first among all elements.</param>
    /// <param name="x">The elements.</param>
    /// <param name="count">How many.</param>
    /// <param name="results">The results of all slabs, of which those that begin and end in this part are written.</param>
    public void Add(byte* state, long start, byte* x, int count, byte* results)
    {
        var (outer, at) = Math.DivRem(start, slab);
        var result = results + outer * resultBytes;
        while (count > 0)
        {
            int taken;
            if (at == 0 && count >= slab)
            {
                int slabs = count / slab;
                Whole(x, slabs, result);
                taken = slabs * slab;
                result += (nint)slabs * resultBytes;
            }
            else
            {
                taken = (int)Math.Min(slab - at, count);
                var part = (Part*)state;
                part->HasEnded = at + taken == slab;
                Piece(state, (int)at, x, taken, part->HasEnded);
                if (part->HasEnded && !part->IsContinuation)
                {
                    Finish(state, result);
                    Start(state, 0);
                }

                if (at + taken == slab)
                    result += resultBytes;
                at = (at + taken) % slab;
            }

            count -= taken;
            x += (nint)taken * elementBytes;
        }
    }

    /// <summary>Joins the part that comes next to the parts before it.</summary>
    /// <param name="state">The state of all parts before it, of which the first began with a slab.</param>
    /// <param name="part">The part's state.</param>
    /// <param name="first">The part's first element.</param>
    /// <param name="results">The results of all slabs.</param>
    public void Merge(byte* state, byte* part, long first, byte* results)
    {
        Join(state, part);
        if (((Part*)part)->HasEnded)
        {
            Finish(state, results + first / slab * resultBytes);
            Start(state, 0);
        }
    }

    /// <summary>What a fold knows of a state besides numbers, in the header behind what the base class keeps there.</summary>
    protected static byte* Notes(byte* state) => state + sizeof(Part);

    /// <summary>Forgets what has been folded.</summary>
    protected abstract void Clear(byte* state);

    /// <summary>Folds whole slabs at one go.</summary>
    protected abstract void Whole(byte* x, int slabs, byte* results);

    /// <summary>Folds elements of one slab.</summary>
    /// <param name="state">What has been folded of the slab.</param>
    /// <param name="at">The place of the first element in the slab.</param>
    /// <param name="x">The elements.</param>
    /// <param name="count">How many, not all of the slab.</param>
    /// <param name="ends">Whether they are its last.</param>
    protected abstract void Piece(byte* state, int at, byte* x, int count, bool ends);

    /// <summary>Adds to a slab what another state has of it, which comes next.</summary>
    protected abstract void Join(byte* state, byte* part);

    /// <summary>Writes the results of a slab that is complete.</summary>
    protected abstract void Finish(byte* state, byte* results);

    [StructLayout(LayoutKind.Sequential, Size = sizeof(long))]
    private struct Part
    {
        // Whether the part begins inside a slab, so that the slab's results are another's to write, and whether it has got to that slab's end.
        public bool IsContinuation;
        public bool HasEnded;
    }
}
