using Grad.Functional;
using Grad.Simd;

namespace Properties.Engine;

/// <summary>A group computed by its ops' bodies on hardware lanes, one lane of elements after the other: what emitted code has to equal.</summary>
internal sealed unsafe class LaneKernels<V, T>(ElementwiseCode code) : IPlainKernels
    where V : struct, IHardwareLane<V, T>
    where T : unmanaged
{
    public void Run(nint* pointers, long start, long end)
    {
        var lanes = new V[code.Inputs.Length + code.Values.Length];
        for (long at = start; at < end; at += V.Count)
            RunLane(pointers, at, (int)Math.Min(V.Count, end - at), lanes);
    }

    private void RunLane(nint* pointers, long at, int count, V[] lanes)
    {
        Span<T> numbers = stackalloc T[V.Count];
        Span<bool> truths = stackalloc bool[V.Count];
        for (int k = 0; k < code.Inputs.Length; k++)
        {
            var (isMask, runs) = code.Inputs[k];
            if (isMask)
            {
                Read((bool*)pointers[k], runs, at, count, truths);
                lanes[k] = V.LoadMask(in truths[0]);
            }
            else
            {
                Read((T*)pointers[k], runs, at, count, numbers);
                lanes[k] = V.Load(in numbers[0]);
            }
        }

        for (int k = 0; k < code.Values.Length; k++)
        {
            var (op, operands) = code.Values[k];
            lanes[code.Inputs.Length + k] = op.Eval<V>(Array.ConvertAll(operands, operand => lanes[operand]));
        }

        for (int k = 0; k < code.Outputs.Length; k++)
        {
            var (source, isMask, _) = code.Outputs[k];
            if (isMask)
            {
                V.StoreMask(lanes[source], ref truths[0]);
                truths[..count].CopyTo(new Span<bool>((bool*)pointers[code.Inputs.Length + k] + at, count));
            }
            else
            {
                V.Store(lanes[source], ref numbers[0]);
                numbers[..count].CopyTo(new Span<T>((T*)pointers[code.Inputs.Length + k] + at, count));
            }
        }
    }

    private static void Read<TElement>(TElement* source, bool runs, long at, int count, Span<TElement> destination)
        where TElement : unmanaged
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = runs ? source[at + Math.Min(i, count - 1)] : *source;
    }
}
