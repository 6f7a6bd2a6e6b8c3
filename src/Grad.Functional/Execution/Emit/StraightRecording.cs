using System.Diagnostics.CodeAnalysis;

namespace Grad.Functional;

/// <summary>A part of a group: the values from the first up to the end, and the program that computes them.</summary>
/// <remarks>The detail of what the program loads, and the pointer of what it stores, is a number of the group.</remarks>
internal readonly record struct StraightPart(int First, int End, MicroProgram Program)
{
    /// <summary>Up to where it writes targets: of a group without values the only part does.</summary>
    public int Reach => Math.Max(End, 1);
}

/// <summary>Runs the ops of a group on single numbers once on recording lanes, and cuts what they leave into parts.</summary>
[RequiresDynamicCode("Runs generic bodies on lanes that nothing else mentions.")]
internal static class StraightRecording
{
    // A part ends with the op that reaches it. In much shorter ones too much goes through memory; much longer ones fill the JIT's tables.
    private const int PartSize = 500;

    /// <summary>The parts, in order.</summary>
    public static List<StraightPart> Of(ScalarGroup group) => group.ElementType == typeof(float)
        ? Run<RecordingLane32<NarrowRoom>>(group)
        : Run<RecordingLane64<NarrowRoom>>(group);

    private static List<StraightPart> Run<V>(ScalarGroup group) where V : struct, IRecordingLane<V>
    {
        var parts = new List<StraightPart>();
        var outer = Recorder.Current;
        try
        {
            var last = group.LastReaders();
            var lanes = new Lanes<V>(group, group.ElementType == typeof(float));
            var vectors = VectorCode.Of(group.ElementType, ScalarCode.VectorBytes);
            for (var first = 0; first < group.Values.Length || parts.Count == 0;)
            {
                var program = lanes.Begin();
                var (end, counted, length) = (first, 0, 0);
                while (end < group.Values.Length && (end == first || length < PartSize))
                {
                    lanes.Record(end++);
                    for (; counted < program.Micros.Count; counted++)
                    {
                        length += vectors.Length(program.Micros[counted].Op);
                    }
                }

                for (var k = first; k < end; k++)
                {
                    if (last[k] >= end || group.Values[k].Slot >= 0)
                    {
                        var number = group.Inputs.Length + k;
                        program.Stores.Add(new MicroStore(lanes.Place(number), number, group.IsMask(number)));
                    }
                }

                var part = new StraightPart(first, end, program);
                for (var k = 0; k < group.Targets.Length; k++)
                {
                    if (group.Maker(group.Targets[k]) is var maker && maker >= first && maker < part.Reach)
                    {
                        var number = group.Inputs.Length + group.Values.Length + k;
                        program.Stores.Add(new MicroStore(lanes.At(group.Targets[k].Number), number, IsMask: false));
                    }
                }

                parts.Add(part);
                first = end;
            }
        }
        finally
        {
            Recorder.Current = outer;
        }

        return parts;
    }

    /// <summary>What the part under way has recorded.</summary>
    private sealed class Lanes<V>(ScalarGroup group, bool isFloat) where V : struct, IRecordingLane<V>
    {
        private readonly V[] _lanes = new V[group.Inputs.Length + group.Values.Length];

        // The part, counted from 1, in whose program a lane is a place.
        private readonly int[] _part = new int[group.Inputs.Length + group.Values.Length];
        private int _current;

        public MicroProgram Begin()
        {
            _current++;
            return (Recorder.Current = new Recorder(isFloat, isWide: false)).Program;
        }

        public void Record(int value)
        {
            var operands = Array.ConvertAll(group.Values[value].Operands, Lane);
            Set(group.Inputs.Length + value, group.Values[value].Op.Eval<V>(operands));
        }

        public int Place(int number) => _lanes[number].Place;

        /// <summary>The place of a number, which is loaded if it must be.</summary>
        public int At(int number) => Lane(number).Place;

        private V Lane(int number)
        {
            if (_part[number] != _current)
            {
                Set(number, V.At(Recorder.Current!.Program.Place(Source(number))));
            }

            return _lanes[number];
        }

        private void Set(int number, V lane) => (_lanes[number], _part[number]) = (lane, _current);

        private Micro Source(int number)
        {
            var isMask = group.IsMask(number);
            if (number >= group.Inputs.Length || !group.Inputs[number].IsConstant)
            {
                return new Micro(isMask ? MicroOp.StillMask : MicroOp.StillNumber, Detail: number);
            }

            var bits = group.Constants[group.Inputs[number].Place / ScalarGroup.Word];
            return new Micro(MicroOp.Constant, Detail: isMask ? (bits == 0 ? 0 : -1) : isFloat ? (int)bits : bits);
        }
    }
}
