using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Functional;
using Properties.Support;
using Xunit;

namespace Properties.Engine;

/// <summary>One row of a group, computed by its ops' bodies and by emitted code, in memory with margins that must stay as they are.</summary>
internal sealed unsafe class GroupRun<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Margin = 5;

    private readonly ElementwiseCode _code;
    private readonly int _length;
    private readonly Array[] _inputs;

    /// <param name="code">The group.</param>
    /// <param name="length">The elements of the row.</param>
    /// <param name="number">Draws a number for an input.</param>
    /// <param name="random">Draws truth values.</param>
    public GroupRun(ElementwiseCode code, int length, Func<int, T> number, Random random)
    {
        (_code, _length) = (code, length);
        _inputs = [.. code.Inputs.Select((input, k) =>
        {
            int count = input.Runs ? length : 1;
            return input.IsMask
                ? (Array)Enumerable.Range(0, count).Select(_ => random.Next(2) == 0).ToArray()
                : Enumerable.Range(0, count).Select(_ => number(k)).ToArray();
        })];
    }

    /// <summary>Asserts that emitted code gives the bits of the bodies.</summary>
    /// <param name="loop">The emitted code.</param>
    /// <param name="kernels">The bodies.</param>
    /// <param name="offset">Where in memory the row begins, in elements.</param>
    /// <param name="inPlace">Whether the first output of numbers is written over the first running input of numbers.</param>
    /// <returns>The elements that the emitted code left to the bodies.</returns>
    public long Check(EmittedLoop loop, IPlainKernels kernels, int offset, bool inPlace)
    {
        int input = Array.FindIndex(_code.Inputs, candidate => candidate is { IsMask: false, Runs: true });
        int output = _code.Inputs.Length + Array.FindIndex(_code.Outputs, candidate => !candidate.IsMask);
        inPlace &= input >= 0 && output >= _code.Inputs.Length;

        var expected = Buffers(offset);
        var actual = Buffers(offset);
        if (inPlace)
            actual[output] = actual[input];
        fixed (nint* pointers = Array.ConvertAll(expected, buffer => Start(buffer, offset)))
            kernels.Run(pointers, 0, _length);
        var redo = new Counted(kernels);
        fixed (nint* pointers = Array.ConvertAll(actual, buffer => Start(buffer, offset)))
            loop.Run(pointers, _length, ref redo);
        if (inPlace)
            actual[input] = expected[input];

        for (int k = 0; k < actual.Length; k++)
        {
            for (int i = 0; i < actual[k].Length; i++)
            {
                if (!Same(expected[k], actual[k], i))
                    Assert.Fail(Describe(k, i - Margin - offset, expected[k].GetValue(i), actual[k].GetValue(i)));
            }
        }

        return redo.Elements;
    }

    private Array[] Buffers(int offset)
    {
        var inputs = _code.Inputs.Select((input, k) =>
        {
            var buffer = Buffer(input.IsMask, _inputs[k].Length, offset);
            Array.Copy(_inputs[k], 0, buffer, Margin + offset, _inputs[k].Length);
            return buffer;
        });
        return [.. inputs, .. _code.Outputs.Select(output => Buffer(output.IsMask, _length, offset))];
    }

    private static Array Buffer(bool isMask, int length, int offset) => isMask
        ? GC.AllocateArray<bool>(length + offset + 2 * Margin, pinned: true)
        : GC.AllocateArray<T>(length + offset + 2 * Margin, pinned: true);

    private static nint Start(Array buffer, int offset) =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer)) + (Margin + offset) * (buffer is bool[]? 1 : sizeof(T));

    private static bool Same(Array expected, Array actual, int i) => expected is bool[] truths
        ? truths[i] == ((bool[])actual)[i]
        : Bits.Same(((T[])expected)[i], ((T[])actual)[i]);

    private string Describe(int array, int element, object? expected, object? actual)
    {
        string ops = string.Join(", ", _code.Values.Select(value => $"{((Op)value.Op).Name}({string.Join(' ', value.Operands)})"));
        var inputs = _inputs.Select(input => input.GetValue(input.Length == 1 ? 0 : Math.Clamp(element, 0, input.Length - 1)));
        return $"Array {array}, element {element} of {_length}: {actual}, by the bodies {expected}; inputs {string.Join(", ", inputs)}; "
            + $"{ops}; written {string.Join(", ", _code.Outputs)}.";
    }

    private sealed class Counted(IPlainKernels kernels) : IPlainKernels
    {
        public long Elements { get; private set; }

        public void Run(nint* pointers, long start, long end)
        {
            Elements += end - start;
            kernels.Run(pointers, start, end);
        }
    }
}
