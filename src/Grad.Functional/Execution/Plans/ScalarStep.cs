namespace Grad.Functional;

/// <summary>A run of elementwise ops on single numbers.</summary>
internal sealed unsafe class ScalarStep : Step
{
    private const int Word = 8;
    private readonly Instruction[] _instructions;

    private ScalarStep(Instruction[] instructions) => _instructions = instructions;

    /// <param name="unit">The values to make.</param>
    /// <param name="slotOf">The slot of a value that stands in memory as a whole.</param>
    /// <param name="memory">Where the others find room.</param>
    public static ScalarStep Of(PlanUnit unit, Func<PlanValue, int> slotOf, PlanMemory memory)
    {
        // Values that only this step reads are many and small: one block for all, alive for the step.
        memory.Allocate(Math.Max(unit.Values.Count(value => !value.IsKept), 1) * Word, out var block);
        var next = 0L;
        var instructions = new Instruction[unit.Values.Count];
        for (var i = 0; i < instructions.Length; i++)
        {
            var value = unit.Values[i];
            if (value.Slot < 0)
            {
                value.Slot = memory.Within(block, next);
                next += Word;
            }

            var operands = value.Operands;
            instructions[i] = new Instruction(
                value.Kernel!,
                slotOf(operands[0].Value),
                slotOf(operands[operands.Length > 1 ? 1 : 0].Value),
                slotOf(operands[operands.Length > 2 ? 2 : 0].Value),
                value.Slot);
        }

        memory.Free(block);
        return new ScalarStep(instructions);
    }

    public override void Run(nint* table)
    {
        foreach (ref readonly var instruction in _instructions.AsSpan())
        {
            instruction.Kernel.One(
                (void*)table[instruction.X], (void*)table[instruction.Y], (void*)table[instruction.Z], (void*)table[instruction.Result]);
        }
    }

    private readonly record struct Instruction(ElementKernel Kernel, int X, int Y, int Z, int Result);
}
