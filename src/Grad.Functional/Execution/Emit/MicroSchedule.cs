using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// The order in which an iteration computes a program, for some vectors side by side. Processors look ahead over some tens of instructions that wait for
/// their operands, not over hundreds. So what is ready comes first, the longest way to the end before others, as far as registers hold what waits to
/// be read; and what is read from memory is read when it is needed.
/// </summary>
internal sealed class MicroSchedule
{
    private readonly double _slot;
    private readonly Micro[] _micros;
    private readonly bool[] _varies;
    private readonly bool[] _isInput;
    private readonly bool[] _isStored;
    private readonly (Pipe Pipe, double Slots, double Latency)[] _timing;
    private readonly List<int>[] _readers;
    private readonly double[] _height;
    private readonly List<int> _order = [];

    // While the order is made: operands still to come, when they will be there, readers still to come, values that wait to be read.
    private readonly int[] _missing;
    private readonly double[] _ready;
    private readonly int[] _unread;
    private readonly bool[] _isLoaded;
    private readonly double[] _free = new double[Enum.GetValues<Pipe>().Length];
    private int _waiting;

    private MicroSchedule(MicroProgram program, double slot)
    {
        _slot = slot;
        var live = program.Live();
        var count = live.Length;
        _micros = [.. program.Micros];
        _varies = [.. live.Select((isLive, place) => isLive && !program.IsInvariant(place))];
        _isInput = Array.ConvertAll(_micros, micro => micro.Op.Form == MicroForm.Input);
        _timing = Array.ConvertAll(_micros, micro => Timing(micro.Op));
        (_isStored, _height, _missing, _ready) = (new bool[count], new double[count], new int[count], new double[count]);
        (_unread, _isLoaded) = (new int[count], new bool[count]);
        _readers = Array.ConvertAll(_micros, _ => new List<int>());
        foreach (var store in program.Stores)
        {
            _isStored[store.Source] = true;
        }

        for (var place = count - 1; place >= 0; place--)
        {
            if (!_varies[place])
            {
                continue;
            }

            foreach (var reader in _readers[place])
            {
                _height[place] = Math.Max(_height[place], _height[reader]);
            }

            _height[place] += _timing[place].Latency;
            for (var k = 0; k < _micros[place].Op.Operands; k++)
            {
                var operand = _micros[place].Operand(k);
                if (_varies[operand])
                {
                    _readers[operand].Add(place);
                    _unread[operand]++;
                    _missing[place] += _isInput[operand] ? 0 : 1;
                }
            }
        }
    }

    /// <summary>Units that work side by side.</summary>
    private enum Pipe
    {
        Multiply,
        Add,
        Bits,
        Divide,
    }

    /// <summary>The places of what varies along the row, in order.</summary>
    /// <param name="program">The program.</param>
    /// <param name="interleave">The vectors side by side.</param>
    /// <param name="bytes">The bytes of a vector.</param>
    /// <param name="registers">The registers of the processor.</param>
    /// <param name="fits">Whether the registers hold all, constants included.</param>
    public static int[] Order(MicroProgram program, int interleave, int bytes, int registers, out bool fits)
    {
        // A constant that is read several times in an iteration is in a register from the first time to the last, so that it also matters where
        // its readers stand. Hence trials.
        const int Trials = 6;
        const double FullSlot = 64;
        int[]? best = null;
        var (least, most) = (int.MaxValue, registers / interleave);
        for (var limit = most; limit > 0 && limit > most - Trials && least > registers; limit--)
        {
            var schedule = new MicroSchedule(program, interleave * bytes / FullSlot);
            schedule.Run(limit);
            int[] order = [.. schedule._order];
            var pressure = Pressure(program, order, interleave);
            if (pressure < least)
            {
                (best, least) = (order, pressure);
            }
        }

        fits = least <= registers;
        return best!;
    }

    /// <summary>The most registers that are taken at a time.</summary>
    private static int Pressure(MicroProgram program, int[] order, int interleave)
    {
        var (first, last, reads) = (new int[program.Micros.Count], new int[program.Micros.Count], new int[program.Micros.Count]);
        Array.Fill(first, -1);
        for (var at = 0; at < order.Length; at++)
        {
            first[order[at]] = at;
            last[order[at]] = at;
            var micro = program.Micros[order[at]];
            for (var k = 0; k < micro.Op.Operands; k++)
            {
                var operand = micro.Operand(k);
                first[operand] = first[operand] < 0 ? at : first[operand];
                last[operand] = at;
                reads[operand] += interleave;
            }
        }

        foreach (var store in program.Stores)
        {
            last[store.Source] = order.Length;
        }

        var changes = new int[order.Length + 2];
        var standing = 0;
        for (var place = 0; place < first.Length; place++)
        {
            if (first[place] < 0)
            {
                continue;
            }

            if (program.IsInvariant(place) && !program.IsConstant(place))
            {
                standing++;
            }
            else if (!program.IsConstant(place) || reads[place] > 1)
            {
                var weight = program.IsConstant(place) ? 1 : interleave;
                changes[first[place]] += weight;
                changes[last[place] + (program.IsConstant(place) ? 1 : 0)] -= weight;
            }
        }

        var (now, most) = (standing, standing);
        foreach (var change in changes)
        {
            now += change;
            most = Math.Max(most, now);
        }

        return most;
    }

    private void Run(int limit)
    {
        var ready = new List<int>();
        for (var place = 0; place < _micros.Length; place++)
        {
            if (_varies[place] && !_isInput[place] && _missing[place] == 0)
            {
                ready.Add(place);
            }
        }

        for (var now = 0.0; ready.Count > 0;)
        {
            var next = Next(ready, now, limit, out var soonest);
            if (next < 0)
            {
                now = soonest;
                continue;
            }

            ready.Remove(next);
            Issue(next, Math.Max(now, Start(next)), ready);
        }

        // What is only moved, or tested.
        for (var place = 0; place < _micros.Length; place++)
        {
            if (_varies[place] && _isInput[place] && !_isLoaded[place])
            {
                _order.Add(place);
            }
        }
    }

    /// <summary>What to compute next; −1 if nothing can be before the soonest time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Next(List<int> ready, double now, int limit, out double soonest)
    {
        var (best, least, fewest) = (-1, -1, int.MaxValue);
        soonest = double.PositiveInfinity;
        foreach (var place in ready)
        {
            var more = More(place);
            if (more < fewest || (more == fewest && Precedes(place, least)))
            {
                (least, fewest) = (place, more);
            }

            if (more > 0 && _waiting + more > limit)
            {
                continue;
            }

            var start = Start(place);
            soonest = Math.Min(soonest, start);
            if (start <= now && (best < 0 || Precedes(place, best)))
            {
                best = place;
            }
        }

        // Registers are full: what takes the fewest.
        return double.IsPositiveInfinity(soonest) ? least : best;
    }

    private bool Precedes(int place, int other) => _height[place] > _height[other] || (_height[place] == _height[other] && place < other);

    private double Start(int place) => Math.Max(_ready[place], _free[(int)_timing[place].Pipe]);

    /// <summary>How many registers more are taken when a value has been computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int More(int place)
    {
        var micro = _micros[place];
        var more = _unread[place] > 0 || _isStored[place] ? 1 : 0;
        for (var k = 0; k < micro.Op.Operands; k++)
        {
            var operand = micro.Operand(k);
            if (!_varies[operand] || (k > 0 && operand == micro.A) || (k > 1 && operand == micro.B))
            {
                continue;
            }

            var reads = 1 + (k < 1 && operand == micro.B ? 1 : 0) + (k < 2 && operand == micro.C ? 1 : 0);
            more += _isInput[operand] && !_isLoaded[operand] ? 1 : 0;
            more -= reads == _unread[operand] && !_isStored[operand] ? 1 : 0;
        }

        return more;
    }

    private void Issue(int place, double now, List<int> ready)
    {
        _waiting += More(place);
        for (var k = 0; k < _micros[place].Op.Operands; k++)
        {
            var operand = _micros[place].Operand(k);
            if (_varies[operand])
            {
                _unread[operand]--;
                if (_isInput[operand] && !_isLoaded[operand])
                {
                    _isLoaded[operand] = true;
                    _order.Add(operand);
                }
            }
        }

        _order.Add(place);
        var (pipe, slots, latency) = _timing[place];
        _free[(int)pipe] = now + (slots * _slot);
        foreach (var reader in _readers[place])
        {
            _ready[reader] = Math.Max(_ready[reader], now + latency);
            if (--_missing[reader] == 0)
            {
                ready.Add(reader);
            }
        }
    }

    // Units, slots taken, cycles until the result, of vectors of 512 bits on a processor that takes them in two halves. What others do differs little
    // in proportion.
    private static (Pipe Pipe, double Slots, double Latency) Timing(MicroOp op)
    {
        if (op == MicroOp.Multiply || op == MicroOp.FusedMultiplyAdd)
        {
            return (Pipe.Multiply, 1, 4);
        }

        if (op == MicroOp.LessThan || op == MicroOp.LessThanOrEqual || op == MicroOp.Equal || op == MicroOp.BitsLessThan)
        {
            return (Pipe.Multiply, 1, 5);
        }

        return op == MicroOp.Divide ? (Pipe.Divide, 8, 13)
            : op == MicroOp.Sqrt ? (Pipe.Divide, 9, 20)
            : op == MicroOp.Remainder ? (Pipe.Divide, 50, 100)
            : op == MicroOp.Scale ? (Pipe.Add, 2, 5)
            : IsOfBits(op) ? (Pipe.Bits, 0.5, 1)
            : (Pipe.Add, 1, 3);
    }

    private static bool IsOfBits(MicroOp op) => op.Form is MicroForm.Integers or MicroForm.Shift || op == MicroOp.And || op == MicroOp.Or
        || op == MicroOp.Xor || op == MicroOp.Not || op == MicroOp.Select || op == MicroOp.Negate || op == MicroOp.Abs;
}
