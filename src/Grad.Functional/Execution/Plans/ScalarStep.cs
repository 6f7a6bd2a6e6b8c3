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
    private readonly int _memory;
    private volatile StraightCode? _code;

    private ScalarStep(ScalarGroup group, ScalarInstruction[] instructions, int memory) =>
        (_group, _instructions, _memory) = (group, instructions, memory);

    /// <inheritdoc/>
    public override long Work => RunWork;

    /// <inheritdoc/>
    public override bool IsEmitted => _code is not null;

    /// <summary>The names of the methods that have been emitted.</summary>
    public string[] Methods => _code?.Methods ?? [];

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where the others find room.</param>
    public static ScalarStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory)
    {
        var group = Group(unit, slotOf);
        var places = group.Places();
        var next = group.Constants.Length * ScalarGroup.Word;
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
        return new ScalarStep(group, instructions, slot);
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

        _group.Constants.CopyTo(new Span<long>(memory, _group.Constants.Length));
        ScalarInstruction.Run(_instructions, table, memory);
    }

    private static ScalarGroup Group(PlanUnit unit, Func<PlanValue, int> slotOf)
    {
        var (inputs, constants) = (new List<ScalarInput>(), new List<long>());
        var numbers = new Dictionary<PlanValue, int>();
        var known = new Dictionary<(long Bits, bool IsMask), int>();
        foreach (var operand in unit.Values.SelectMany(value => value.Operands).Select(operand => operand.Value))
        {
            if (operand.Unit == unit || numbers.ContainsKey(operand))
            {
                continue;
            }

            var isMask = IsMask(operand);
            if (operand.IsComputed || !operand.Node.HasValue)
            {
                numbers.Add(operand, inputs.Count);
                inputs.Add(new ScalarInput(isMask, ~slotOf(operand)));
            }
            else if (known.TryGetValue((Bits(operand.Node), isMask), out var number))
            {
                numbers.Add(operand, number);
            }
            else
            {
                known.Add((Bits(operand.Node), isMask), inputs.Count);
                numbers.Add(operand, inputs.Count);
                inputs.Add(new ScalarInput(isMask, constants.Count * ScalarGroup.Word));
                constants.Add(Bits(operand.Node));
            }
        }

        for (var k = 0; k < unit.Values.Count; k++)
        {
            numbers.Add(unit.Values[k], inputs.Count + k);
        }

        var values = unit.Values.ConvertAll(value => new ScalarValue(
            (IElementwiseOp)value.Node.Op!,
            value.Kernel!,
            Array.ConvertAll(value.Operands, operand => numbers[operand.Value]),
            IsMask(value),
            value.IsKept ? slotOf(value) : -1));
        return new ScalarGroup(unit.Values[0].Numbers, [.. inputs], [.. values]) { Constants = [.. constants] };
    }

    private static bool IsMask(PlanValue value) => value.Node.ElementType == typeof(bool);

    private static long Bits(Node node)
    {
        var bits = 0L;
        MemoryMarshal.CreateReadOnlySpan(ref node.Elements, node.ElementSize).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref bits)));
        return bits;
    }
}
