using System.Reflection.Emit;

namespace Grad.Functional;

/// <summary>A micro-operation on one of the interleaved vectors.</summary>
internal readonly record struct MicroStep(int Micro, int Vector);

/// <summary>Gives each step a local variable until its last reader: the JIT optimises a thousand of them and no more.</summary>
internal sealed class Locals(ILGenerator il, Type vector)
{
    private readonly Dictionary<MicroStep, LocalBuilder> _taken = [];
    private readonly Stack<LocalBuilder> _free = [];
    private List<MicroStep>[] _ending = [];

    public LocalBuilder this[MicroStep step] => _taken[step];

    /// <summary>Finds the last reader of each step.</summary>
    public void Plan(MicroProgram program, List<MicroStep> sequence, int interleave)
    {
        var last = new Dictionary<MicroStep, int>();
        for (var position = 0; position < sequence.Count; position++)
        {
            var (place, u) = sequence[position];

            // What nobody reads is a guard, which is read on the spot.
            last[sequence[position]] = position + 1;
            var isInvariant = program.IsInvariant(place);
            for (var k = 0; k < program.Micros[place].Op.Operands; k++)
            {
                var operand = program.Micros[place].Operand(k);

                // What stands still is read again by the next iteration.
                var stays = program.IsInvariant(operand) && !isInvariant;
                last[new MicroStep(operand, program.IsInvariant(operand) ? 0 : u)] = stays ? int.MaxValue : position;
            }
        }

        foreach (var store in program.Stores)
        {
            for (var u = 0; u < interleave; u++)
            {
                last[new MicroStep(store.Source, u)] = int.MaxValue;
            }
        }

        _ending = new List<MicroStep>[sequence.Count];
        foreach (var (step, position) in last)
        {
            if (position < sequence.Count)
            {
                (_ending[position] ??= []).Add(step);
            }
        }
    }

    /// <summary>The variable of a step's result.</summary>
    public LocalBuilder Take(MicroStep step) => _taken[step] = _free.TryPop(out var local) ? local : il.DeclareLocal(vector);

    /// <summary>Lets go of what has been read for the last time.</summary>
    public void Free(int position)
    {
        foreach (var step in _ending[position] ?? [])
        {
            if (_taken.Remove(step, out var local))
            {
                _free.Push(local);
            }
        }
    }
}
