using System.Diagnostics.CodeAnalysis;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Runs the ops of a group once on recording lanes, which leaves its program.</summary>
[RequiresDynamicCode("Runs generic bodies on lanes that nothing else mentions.")]
internal static class GroupRecording
{
    /// <summary>The micro-operations of the group on these vectors.</summary>
    public static MicroProgram Of(ElementwiseCode code, VectorCode vectors) => (vectors.IsFloat, vectors.IsWide) switch
    {
        (false, false) => Run<RecordingLane64<NarrowRoom>>(code, vectors),
        (false, true) => Run<RecordingLane64<WideRoom>>(code, vectors),
        (true, false) => Run<RecordingLane32<NarrowRoom>>(code, vectors),
        (true, true) => Run<RecordingLane32<WideRoom>>(code, vectors),
    };

    private static MicroProgram Run<V>(ElementwiseCode code, VectorCode vectors) where V : struct, IRecordingLane<V>
    {
        var recorder = new Recorder(vectors.IsFloat, vectors.IsWide);
        var outer = Recorder.Current;
        Recorder.Current = recorder;
        try
        {
            var lanes = new V[code.Inputs.Length + code.Values.Length];
            for (var k = 0; k < code.Inputs.Length; k++)
            {
                lanes[k] = V.At(recorder.Program.Place(new Micro(Load(code.Inputs[k]), Detail: k)));
            }

            for (var k = 0; k < code.Values.Length; k++)
            {
                var (op, operands) = code.Values[k];
                lanes[code.Inputs.Length + k] = op.Eval<V>(Array.ConvertAll(operands, operand => lanes[operand]));
            }

            for (var k = 0; k < code.Outputs.Length; k++)
            {
                var (source, isMask, turns) = code.Outputs[k];
                recorder.Program.Stores.Add(new MicroStore(lanes[source].Place, code.Inputs.Length + k, isMask, turns));
            }
        }
        finally
        {
            Recorder.Current = outer;
        }

        return recorder.Program;
    }

    private static MicroOp Load(ElementwiseInput input) => (input.IsMask, input.Runs) switch
    {
        (false, true) => MicroOp.Numbers,
        (false, false) => MicroOp.StillNumber,
        (true, true) => MicroOp.Mask,
        (true, false) => MicroOp.StillMask,
    };
}

/// <summary>A lane that is a place in a program.</summary>
internal interface IRecordingLane<V> : ILane<V> where V : struct, IRecordingLane<V>
{
    /// <summary>The place.</summary>
    int Place { get; }

    /// <summary>The lane of a place.</summary>
    static abstract V At(int place);
}
