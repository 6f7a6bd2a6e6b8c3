using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// A group of ops on single numbers as straight-line machine code, with the same bits as the ops' own kernels. The JIT optimises methods of
/// some hundreds of steps and gives up on much longer ones, so the group is cut into parts. Inside one, values are in registers; what a later
/// one reads goes through memory.
/// </summary>
internal sealed unsafe class StraightCode
{
    private readonly ScalarGroup _group;
    private readonly (StraightBody Body, ScalarInstruction[] Plain, ScalarCopy[] Copies)[] _parts;

    private StraightCode(ScalarGroup group, (StraightBody Body, ScalarInstruction[] Plain, ScalarCopy[] Copies)[] parts) => (_group, _parts) = (group, parts);

    /// <summary>The names of the methods that the group was cut into.</summary>
    public string[] Methods => Array.ConvertAll(_parts, part => part.Body.Method.Name);

    /// <summary>The group's code; null where code cannot be emitted: without dynamic code, without vector hardware.</summary>
    public static StraightCode? Compile(ScalarGroup group)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            return null;
        }

        return VectorCode.WidestBytes == 0 ? null : Emit(group);
    }

    /// <summary>Computes all values that others read.</summary>
    /// <param name="table">Addresses by slot.</param>
    /// <param name="memory">A word for each constant and each value, to be written to.</param>
    /// <returns>How many parts kernels had to do again: there was an argument outside the range that emitted code is for.</returns>
    public int Run(nint* table, byte* memory)
    {
        var redone = 0;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            if (!part.Body(table, memory))
            {
                // What the part reads is as it was.
                _group.Prepare(table, memory);
                ScalarInstruction.Run(part.Plain, table, memory);
                ScalarCopy.Run(part.Copies, table, memory);
                redone++;
            }
        }

        return redone;
    }

    [RequiresDynamicCode("Emits machine code.")]
    private static StraightCode Emit(ScalarGroup group)
    {
        var code = ScalarCode.Of(group.ElementType);
        var parts = StraightRecording.Of(group);
        var places = Places(group, parts);
        var addresses = group.Addresses(places);
        return new StraightCode(group, [.. parts.Select(part =>
            (StraightEmitter.Emit(code, part.Program, addresses), Plain(group, part, places), group.Copies(places, part.First, part.Reach)))]);
    }

    private static ScalarInstruction[] Plain(ScalarGroup group, StraightPart part, int[] places)
    {
        var plain = new ScalarInstruction[part.End - part.First];
        for (var k = 0; k < plain.Length; k++)
        {
            plain[k] = group.Instruction(part.First + k, places);
        }

        return plain;
    }

    // What parts pass on stands close together, behind constants and elements; behind that what only the kernels of one part need. Words are used again,
    // but never by the part that reads what stood there: it may have to be done again.
    private static int[] Places(ScalarGroup group, List<StraightPart> parts)
    {
        var (places, last, inputs) = (group.Places(), group.LastReaders(), group.Inputs.Length);
        var free = new Stack<int>();
        var ending = new List<int>?[parts.Count];
        var next = group.Room;
        var partOf = new int[group.Values.Length];
        for (var p = 0; p < parts.Count; p++)
        {
            Array.Fill(partOf, p, parts[p].First, parts[p].End - parts[p].First);
        }

        for (var p = 0; p < parts.Count; p++)
        {
            for (var k = parts[p].First; k < parts[p].End; k++)
            {
                if (places[inputs + k] == int.MinValue && last[k] >= parts[p].End)
                {
                    if (!free.TryPop(out places[inputs + k]))
                    {
                        places[inputs + k] = next;
                        next += ScalarGroup.Word;
                    }

                    (ending[partOf[last[k]]] ??= []).Add(places[inputs + k]);
                }
            }

            foreach (var place in ending[p] ?? [])
            {
                free.Push(place);
            }
        }

        foreach (var part in parts)
        {
            var own = next;
            for (var k = part.First; k < part.End; k++)
            {
                if (places[inputs + k] == int.MinValue)
                {
                    places[inputs + k] = own;
                    own += ScalarGroup.Word;
                }
            }
        }

        return places;
    }
}
