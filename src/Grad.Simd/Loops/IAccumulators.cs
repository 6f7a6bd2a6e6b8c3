namespace Grad.Simd;

/// <summary>
/// A fold that adds vectors to accumulators in turn: whoever makes the elements can add them himself, where he has them in registers.
/// </summary>
internal unsafe interface IAccumulators
{
    /// <summary>The bytes of a vector.</summary>
    int VectorBytes { get; }

    /// <summary>How many accumulators take turns, each of a vector.</summary>
    int Turns { get; }

    /// <summary>The elements, whole turns, that can be added from a place on before the fold has to see to them; 0 if the next are to be given to it.</summary>
    /// <param name="state">The part's state.</param>
    /// <param name="start">The place of the first among all elements.</param>
    int Room(byte* state, long start);

    /// <summary>Gives the accumulators as they are.</summary>
    /// <param name="state">The part's state.</param>
    /// <param name="accumulators">Room for them, side by side.</param>
    void Open(byte* state, byte* accumulators);

    /// <summary>Takes them back.</summary>
    /// <param name="state">The part's state.</param>
    /// <param name="accumulators">They.</param>
    /// <param name="count">The elements that were added, no more than there was room for.</param>
    void Close(byte* state, byte* accumulators, int count);
}
