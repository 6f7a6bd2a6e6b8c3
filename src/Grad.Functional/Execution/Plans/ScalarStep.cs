using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>
/// Elementwise ops on single numbers: one kernel after the other, until straight-line code has been emitted for all of them. What no other
/// step reads stands in memory of the step's own.
/// </summary>
internal sealed unsafe class ScalarStep : Step
{
    // To emit code costs some three thousand runs without, however many ops there are: more ops cost more of both.
    private const long RunWork = 3_000;

    private readonly ScalarGroup _group;
    private readonly ScalarInstruction[] _instructions;
    private readonly ScalarCopy[] _copies;
    private readonly int _memory;
    private volatile StraightCode? _code;

    private ScalarStep(ScalarGroup group, ScalarInstruction[] instructions, ScalarCopy[] copies, int memory) =>
        (_group, _instructions, _copies, _memory) = (group, instructions, copies, memory);

    /// <inheritdoc/>
    public override long Work => RunWork;

    /// <inheritdoc/>
    public override bool IsEmitted => _code is not null;

    /// <inheritdoc/>
    public override string Tier => _code is null ? base.Tier : "emitted, straight-line code";

    /// <summary>The names of the methods that have been emitted.</summary>
    public string[] Methods => _code?.Methods ?? [];

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where the others find room.</param>
    public static ScalarStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory)
    {
        var group = Group(unit, slotOf);
        var places = group.Places();
        var next = group.Room;
        for (var k = group.Inputs.Length; k < places.Length; k++)
        {
            if (places[k] == int.MinValue)
            {
                places[k] = next;
                next += ScalarGroup.Word;
            }
        }

        var instructions = new ScalarInstruction[group.Values.Length];
        for (var k = 0; k < instructions.Length; k++)
        {
            instructions[k] = group.Instruction(k, places);
        }

        var slot = memory.Allocate(Math.Max(next, ScalarGroup.Word), out var block);
        memory.Free(block);
        return new ScalarStep(group, instructions, group.Copies(places, 0, int.MaxValue), slot);
    }

    /// <inheritdoc/>
    public override void Emit() => _code ??= StraightCode.Compile(_group);

    /// <inheritdoc/>
    public override void Run(nint* table)
    {
        var memory = (byte*)table[_memory];
        if (_code is { } code)
        {
            code.Run(table, memory);
            return;
        }

        _group.Prepare(table, memory);
        ScalarInstruction.Run(_instructions, table, memory);
        ScalarCopy.Run(_copies, table, memory);
    }

    private static ScalarGroup Group(PlanUnit unit, Func<PlanValue, int> slotOf)
    {
        var (inputs, constants, elements) = (new List<ScalarInput>(), new List<long>(), new List<ScalarElement>());
        var numbers = new Dictionary<(PlanValue, int Place), int>();
        var known = new Dictionary<(long Bits, bool IsMask), int>();
        foreach (var value in unit.Values)
        {
            foreach (var operand in value.Operands)
            {
                if (operand.Value.Unit != unit && !numbers.ContainsKey(Key(operand)))
                {
                    numbers.Add(Key(operand), Enter(operand.Value, operand.Row));
                }
            }
        }

        // Behind the constants, how many there are.
        for (int i = 0, next = constants.Count; i < inputs.Count; i++)
        {
            if (inputs[i] is { IsConstant: false, Place: >= 0 })
            {
                inputs[i] = inputs[i] with { Place = next++ * ScalarGroup.Word };
            }
        }

        var computed = unit.Values.FindAll(value => value.Joins is null);
        for (var k = 0; k < computed.Count; k++)
        {
            numbers.Add((computed[k], 0), inputs.Count + k);
        }

        var values = computed.ConvertAll(value => new ScalarValue(
            (IElementwiseOp)value.Node.Op!,
            value.Kernel!,
            Array.ConvertAll(value.Operands, operand => numbers[Key(operand)]),
            IsMask(value),
            value.IsKept ? slotOf(value) : -1));
        var targets = new List<ScalarTarget>();
        foreach (var value in unit.Values)
        {
            for (var k = 0; value.Joins is not null && k < value.Operands.Length; k++)
            {
                targets.Add(new ScalarTarget(numbers[Key(value.Operands[k])], slotOf(value), k));
            }
        }

        return new ScalarGroup(unit.Values[0].Numbers, [.. inputs], [.. values])
        {
            Constants = [.. constants],
            Elements = [.. elements],
            Targets = [.. targets],
        };

        int Enter(PlanValue operand, ElementRow? row)
        {
            var isMask = IsMask(operand);
            if (row is { } at)
            {
                elements.Add(new ScalarElement(slotOf(operand), at.Place, operand.Node.ElementSize));
                inputs.Add(new ScalarInput(isMask, 0, IsConstant: false));
            }
            else if (operand.IsComputed || !operand.Node.HasValue)
            {
                inputs.Add(new ScalarInput(isMask, ~slotOf(operand), IsConstant: false));
            }
            else if (known.TryGetValue((Bits(operand.Node), isMask), out var number))
            {
                return number;
            }
            else
            {
                known.Add((Bits(operand.Node), isMask), inputs.Count);
                inputs.Add(new ScalarInput(isMask, constants.Count * ScalarGroup.Word, IsConstant: true));
                constants.Add(Bits(operand.Node));
            }

            return inputs.Count - 1;
        }
    }

    private static (PlanValue, int) Key(PlanOperand operand) => (operand.Value, operand.Row?.Place ?? 0);

    private static bool IsMask(PlanValue value) => value.Node.ElementType == typeof(bool);

    private static long Bits(Node node)
    {
        var bits = 0L;
        MemoryMarshal.CreateReadOnlySpan(ref node.Elements, node.ElementSize).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        return bits;
    }
}
