namespace Grad.Functional;

/// <summary>
/// Elementwise ops on single numbers. One numbering as in <see cref="ElementwiseCode"/>: inputs, then values. A place says where one stands:
/// so many bytes into the step's own memory, or, as a complement, behind the address in a slot.
/// </summary>
/// <param name="ElementType">Double or float.</param>
/// <param name="Inputs">What is read, constants included.</param>
/// <param name="Values">What is computed; operands come before the values that read them.</param>
internal sealed record ScalarGroup(Type ElementType, ScalarInput[] Inputs, ScalarValue[] Values)
{
    /// <summary>Bytes between numbers that stand side by side, of any type.</summary>
    public const int Word = sizeof(long);

    /// <summary>The constants as they stand at the beginning of the step's memory.</summary>
    public long[] Constants { get; init; } = [];

    /// <summary>The elements of arrays that are read: each is copied to a word behind the constants.</summary>
    public ScalarElement[] Elements { get; init; } = [];

    /// <summary>The elements of arrays that are written.</summary>
    public ScalarTarget[] Targets { get; init; } = [];

    /// <summary>Where in the step's memory there is room for what is computed.</summary>
    public int Room => (Constants.Length + Elements.Length) * Word;

    /// <summary>Whether a number is a truth value.</summary>
    public bool IsMask(int number) => number < Inputs.Length ? Inputs[number].IsMask : Values[number - Inputs.Length].IsMask;

    /// <summary>For each value the last one that reads it, −1 if there is none.</summary>
    public int[] LastReaders()
    {
        var last = new int[Values.Length];
        Array.Fill(last, -1);
        for (var k = 0; k < Values.Length; k++)
        {
            foreach (var operand in Values[k].Operands)
            {
                if (operand >= Inputs.Length)
                {
                    last[operand - Inputs.Length] = k;
                }
            }
        }

        return last;
    }

    /// <summary>The places of the inputs, and of the values that stand behind slots; <see cref="int.MinValue"/> for the others.</summary>
    public int[] Places()
    {
        var places = new int[Inputs.Length + Values.Length];
        for (var k = 0; k < places.Length; k++)
        {
            places[k] = k < Inputs.Length ? Inputs[k].Place : Values[k - Inputs.Length].Slot is >= 0 and var slot ? ~slot : int.MinValue;
        }

        return places;
    }

    /// <summary>Writes constants, and the elements that are read, to where plain kernels look for them.</summary>
    public unsafe void Prepare(nint* table, byte* memory)
    {
        Constants.CopyTo(new Span<long>(memory, Constants.Length));
        ScalarElement.Copy(Elements, table, memory + (Constants.Length * Word));
    }

    /// <summary>Where emitted code finds everything: elements of arrays in these, the targets behind the numbers.</summary>
    /// <param name="places">The places of all numbers.</param>
    public ScalarAddress[] Addresses(int[] places)
    {
        var addresses = new ScalarAddress[places.Length + Targets.Length];
        for (var k = 0; k < places.Length; k++)
        {
            addresses[k] = k < Inputs.Length && Inputs[k] is { IsConstant: false, Place: >= 0 and var place } ? Elements[(place / Word) - Constants.Length].Address
                : places[k] < 0 ? new ScalarAddress(~places[k], 0)
                : new ScalarAddress(-1, places[k]);
        }

        for (var k = 0; k < Targets.Length; k++)
        {
            addresses[places.Length + k] = Targets[k].Address(ElementType);
        }

        return addresses;
    }

    /// <summary>What plain kernels need besides for the targets that a stretch of the values makes.</summary>
    public ScalarCopy[] Copies(int[] places, int first, int end)
    {
        var copies = new List<ScalarCopy>();
        foreach (var target in Targets)
        {
            if (Maker(target) is var maker && maker >= first && maker < end)
            {
                copies.Add(new ScalarCopy(places[target.Number], target.Address(ElementType), ElementType == typeof(float)));
            }
        }

        return [.. copies];
    }

    /// <summary>The value after which a target is written: with those of the first part if it is none of the group's.</summary>
    public int Maker(ScalarTarget target) => Math.Max(target.Number - Inputs.Length, 0);

    /// <summary>A value as plain kernels compute it.</summary>
    public ScalarInstruction Instruction(int value, int[] places)
    {
        var operands = Values[value].Operands;
        return new ScalarInstruction(
            Values[value].Kernel,
            places[operands[0]],
            places[operands[operands.Length > 1 ? 1 : 0]],
            places[operands[operands.Length > 2 ? 2 : 0]],
            places[Inputs.Length + value]);
    }
}

/// <summary>A number that a group reads.</summary>
/// <param name="IsMask">Whether it is a truth value.</param>
/// <param name="Place">Where it stands; of a constant among the constants.</param>
/// <param name="IsConstant">Whether it is always the same.</param>
internal readonly record struct ScalarInput(bool IsMask, int Place, bool IsConstant);

/// <summary>An element of an array.</summary>
/// <param name="Slot">The array's.</param>
/// <param name="Place">Which element.</param>
/// <param name="Size">Its bytes.</param>
internal readonly record struct ScalarElement(int Slot, int Place, int Size)
{
    public ScalarAddress Address => new(Slot, (long)Place * Size);

    /// <summary>Copies them to words side by side.</summary>
    public static unsafe void Copy(ScalarElement[] elements, nint* table, byte* words)
    {
        foreach (ref readonly var element in elements.AsSpan())
        {
            var source = (byte*)table[element.Slot] + ((long)element.Place * element.Size);
            if (element.Size == ScalarGroup.Word)
            {
                *(long*)words = *(long*)source;
            }
            else
            {
                Buffer.MemoryCopy(source, words, ScalarGroup.Word, element.Size);
            }

            words += ScalarGroup.Word;
        }
    }
}

/// <summary>A number that is written to an element of an array.</summary>
/// <param name="Number">Which.</param>
/// <param name="Slot">The array's slot.</param>
/// <param name="Place">Which element.</param>
internal readonly record struct ScalarTarget(int Number, int Slot, int Place)
{
    public ScalarAddress Address(Type element) => new(Slot, (long)Place * (element == typeof(float) ? sizeof(float) : sizeof(double)));
}

/// <summary>So many bytes behind the address in a slot, or, where that is negative, into the step's own memory.</summary>
internal readonly record struct ScalarAddress(int Slot, long Offset);

/// <summary>A number to be copied to an element of an array.</summary>
internal readonly record struct ScalarCopy(int From, ScalarAddress To, bool IsFloat)
{
    /// <summary>Copies them.</summary>
    public static unsafe void Run(ScalarCopy[] copies, nint* table, byte* memory)
    {
        foreach (ref readonly var copy in copies.AsSpan())
        {
            var from = ScalarInstruction.Address(table, memory, copy.From);
            var to = (byte*)table[copy.To.Slot] + copy.To.Offset;
            if (copy.IsFloat)
            {
                *(float*)to = *(float*)from;
            }
            else
            {
                *(double*)to = *(double*)from;
            }
        }
    }
}

/// <summary>One op of a group.</summary>
/// <param name="Op">The op.</param>
/// <param name="Kernel">The op on these element types.</param>
/// <param name="Operands">What it reads, by number.</param>
/// <param name="IsMask">Whether the result is a truth value.</param>
/// <param name="Slot">The slot behind which others look for it; −1 if none do.</param>
internal readonly record struct ScalarValue(IElementwiseOp Op, ElementKernel Kernel, int[] Operands, bool IsMask, int Slot);

/// <summary>One op by its kernel, on places.</summary>
internal readonly record struct ScalarInstruction(ElementKernel Kernel, int X, int Y, int Z, int Result)
{
    /// <summary>Runs them one after the other.</summary>
    /// <param name="instructions">What is to be done.</param>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="memory">The step's own memory.</param>
    public static unsafe void Run(ScalarInstruction[] instructions, nint* table, byte* memory)
    {
        foreach (ref readonly var instruction in instructions.AsSpan())
        {
            instruction.Kernel.One(
                Address(table, memory, instruction.X),
                Address(table, memory, instruction.Y),
                Address(table, memory, instruction.Z),
                Address(table, memory, instruction.Result));
        }
    }

    /// <summary>What stands at a place.</summary>
    public static unsafe void* Address(nint* table, byte* memory, int place) => place >= 0 ? memory + place : (void*)table[~place];
}
