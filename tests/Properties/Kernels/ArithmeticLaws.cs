using System.Numerics;
using Grad.Simd;
using Properties.Engine;
using Xunit;

namespace Properties.Kernels;

/// <summary>A program of arithmetic gives each element the bits of its steps one by one, whatever the length, and writes nothing else.</summary>
[Trait("Category", "Leg")]
public unsafe class ArithmeticLaws
{
    private const int Arrays = 12, Read = 6, Still = 2, Margin = 3;
    private const double Untouched = 777;

    [Fact]
    public void Of_doubles() => Check<double>();

    [Fact]
    public void Of_floats() => Check<float>();

    private static void Check<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (int count in (int[])[.. Enumerable.Range(1, 150), 255, 256, 257, 1000])
        {
            var random = new Random(count);
            var numbers = EmittedGroups.Numbers<T>(random);
            var steps = Program(random, random.Next(1, 40));
            var arrays = Enumerable.Range(0, Arrays).Select(k =>
            {
                var array = new T[Math.Max(count, Arithmetic.Repeated<T>()) + 2 * Margin];
                Array.Fill(array, T.CreateChecked(Untouched));
                for (int i = 0; k < Read && i < (k < Still ? Arithmetic.Repeated<T>() : count); i++)
                    array[Margin + i] = k < Still && i > 0 ? array[Margin] : numbers(k);
                return array;
            }).ToArray();

            var expected = Array.ConvertAll(arrays, array => (T[])array.Clone());
            for (int i = 0; i < count; i++)
                OneByOne(steps, expected, i);
            Run(steps, arrays, count);
            for (int k = 0; k < Arrays; k++)
            {
                for (int i = 0; i < arrays[k].Length; i++)
                    Assert.True(T.IsNaN(expected[k][i]) ? T.IsNaN(arrays[k][i]) : Bits(expected[k][i]) == Bits(arrays[k][i]), $"{count} elements, array {k}, {i - Margin}");
            }
        }
    }

    // What has been written or held may be read; what is only read is never written.
    private static ArithmeticStep[] Program(Random random, int length)
    {
        var codes = Array.FindAll(Enum.GetValues<ArithmeticCode>(), code => Arithmetic.Holds || !"PQ".Contains(code.ToString()[^1]));
        int Held() => Arithmetic.Holds ? random.Next(ArithmeticStep.Q, 0) : ArithmeticStep.Accumulator;
        ArithmeticCode Code(int k) => k >= 2 || !Arithmetic.Holds ? codes[random.Next(codes.Length)] : k == 0 ? ArithmeticCode.HoldP : ArithmeticCode.HoldQ;
        var steps = new ArithmeticStep[length];
        int written = Read;
        for (int k = 0; k < length; k++)
        {
            int result = random.Next(3) == 0 && k < length - 1 ? -1 : random.Next(Read, Math.Min(written + 1, Arrays));
            int x = k > 0 && random.Next(2) == 0 ? k > 1 ? Held() : ArithmeticStep.Accumulator : random.Next(written);
            steps[k] = new(Code(k), x, random.Next(written), random.Next(written), result, Held());
            written = Math.Max(written, result + 1);
        }

        return steps;
    }

    private static void Run<T>(ArithmeticStep[] steps, T[][] arrays, int count) where T : unmanaged
    {
        nint* addresses = stackalloc nint[Arrays], runs = stackalloc nint[Arrays];
        var pins = Array.ConvertAll(arrays, array => System.Runtime.InteropServices.GCHandle.Alloc(array, System.Runtime.InteropServices.GCHandleType.Pinned));
        for (int k = 0; k < Arrays; k++)
            (addresses[k], runs[k]) = (pins[k].AddrOfPinnedObject() + (Margin * sizeof(T)), k < Still ? 0 : -1);
        Arithmetic.Run<T>(steps, addresses, runs, Arrays, count);
        Array.ForEach(pins, pin => pin.Free());
    }

    private static void OneByOne<T>(ArithmeticStep[] steps, T[][] arrays, int element) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (a, p, q) = (T.Zero, T.Zero, T.Zero);
        foreach (var step in steps)
        {
            T At(int k) => arrays[k][Margin + (k < Still ? 0 : element)];
            a = step.X >= 0 ? At(step.X) : step.X == ArithmeticStep.P ? p : step.X == ArithmeticStep.Q ? q : a;
            var (y, z) = (At(step.Y), At(step.Z));
            a = step.Code switch
            {
                ArithmeticCode.Add => a + y,
                ArithmeticCode.AddP => a + p,
                ArithmeticCode.AddQ => a + q,
                ArithmeticCode.Subtract => a - y,
                ArithmeticCode.SubtractP => a - p,
                ArithmeticCode.SubtractQ => a - q,
                ArithmeticCode.SubtractFrom => y - a,
                ArithmeticCode.SubtractFromP => p - a,
                ArithmeticCode.SubtractFromQ => q - a,
                ArithmeticCode.Multiply => a * y,
                ArithmeticCode.MultiplyP => a * p,
                ArithmeticCode.MultiplyQ => a * q,
                ArithmeticCode.Square => a * a,
                ArithmeticCode.Divide => a / y,
                ArithmeticCode.DivideInto => y / a,
                ArithmeticCode.MultiplyAdd => MultiplyAdd(a, z, y),
                ArithmeticCode.MultiplyAddP => MultiplyAdd(a, p, y),
                ArithmeticCode.MultiplyAddQ => MultiplyAdd(a, q, y),
                ArithmeticCode.AddProduct => MultiplyAdd(y, z, a),
                ArithmeticCode.AddProductP => MultiplyAdd(y, p, a),
                ArithmeticCode.AddProductQ => MultiplyAdd(y, q, a),
                ArithmeticCode.PlusProduct => a + y * z,
                ArithmeticCode.PlusProductP => a + y * p,
                ArithmeticCode.PlusProductQ => a + y * q,
                ArithmeticCode.MinusProduct => a - y * z,
                ArithmeticCode.MinusProductP => a - y * p,
                ArithmeticCode.MinusProductQ => a - y * q,
                ArithmeticCode.Negate => -a,
                ArithmeticCode.Min => T.Min(a, y),
                ArithmeticCode.Max => T.Max(a, y),
                ArithmeticCode.Abs => T.Abs(a),
                ArithmeticCode.Sqrt => T.Sqrt(a),
                _ => a,
            };
            p = step.Held == ArithmeticStep.P ? a : step.Code == ArithmeticCode.HoldP ? y : p;
            q = step.Held == ArithmeticStep.Q ? a : step.Code == ArithmeticCode.HoldQ ? y : q;
            if (step.Result >= 0)
                arrays[step.Result][Margin + element] = a;
        }
    }

    private static T MultiplyAdd<T>(T x, T y, T z) where T : IFloatingPointIeee754<T> =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? T.FusedMultiplyAdd(x, y, z) : x * y + z;

    private static ulong Bits<T>(T value) where T : IFloatingPointIeee754<T> =>
        value is float single ? BitConverter.SingleToUInt32Bits(single) : BitConverter.DoubleToUInt64Bits(double.CreateChecked(value));
}
