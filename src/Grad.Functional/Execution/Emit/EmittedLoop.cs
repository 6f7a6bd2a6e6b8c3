using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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

/// <summary>A group of elementwise ops as one loop of machine code, with the same bits as the ops' own kernels.</summary>
internal sealed unsafe class EmittedLoop
{
    /// <summary>What plain kernels compute at a stroke where the emitted code cannot.</summary>
    private const int Redone = 256;

    private EmittedLoop()
    {
    }

    /// <summary>
    /// The code's loop; null where code cannot be emitted: without dynamic code, without vector hardware.
    /// </summary>
    [RequiresDynamicCode("Emits machine code.")]
    public static EmittedLoop? Compile(ElementwiseCode code) => null;

    /// <summary>Computes the elements from <paramref name="start"/> up to <paramref name="end"/>, or as many of them as are in fast ranges.</summary>
    /// <remarks>
    /// An output may be the memory of an input that runs, if both begin together and have elements of one size; otherwise they are disjoint.
    /// </remarks>
    /// <param name="pointers">The row's first elements: of each input, then of each output.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">The element after the last.</param>
    /// <returns>
    /// The first element that was not computed: <paramref name="end"/>, or one near which there is an argument outside the fast range of a
    /// function. Nothing from there on has been written.
    /// </returns>
    public long Run(nint* pointers, long start, long end) => throw new NotImplementedException();

    /// <summary>Computes a whole row; what the emitted code leaves is computed by plain kernels.</summary>
    public void Run<TKernels>(nint* pointers, long length, ref TKernels kernels) where TKernels : IPlainKernels, allows ref struct
    {
        for (long at = 0; (at = Run(pointers, at, length)) < length;)
        {
            long end = Math.Min(at + Redone, length);
            kernels.Run(pointers, at, end);
            at = end;
        }
    }
}
