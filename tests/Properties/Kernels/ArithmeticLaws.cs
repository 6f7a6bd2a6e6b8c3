using System.Numerics;
using Grad.Simd;
using Properties.Engine;
using Xunit;

namespace Properties.Kernels;

/// <summary>A program of arithmetic gives each element the bits of its steps one by one, whatever the length, and writes nothing else.</summary>
[Trait("Category", "Leg")]
public unsafe class ArithmeticLaws
{
    // First arrays that run, of which some are only read; then numbers that are repeated, and room for what one step leaves for another.
    private const int Read = 4, Running = 10, Repeated = 2, Arrays = 14, Margin = 3;
    private const double Untouched = 777;

    [Fact]
    public void Of_doubles() => Check<double>();

    [Fact]
    public void Of_floats() => Check<float>();

    [Fact]
    public void A_code_that_is_not_known_throws()
    {
        var unknown = (ArithmeticCode)Enum.GetValues<ArithmeticCode>().Length;
        foreach (int count in (int[])[1, 1000])
            Assert.Throws<ArgumentOutOfRangeException>(() => Run([new(unknown, 0, 0, 0, Read)], [.. Enumerable.Range(0, Arrays).Select(_ => new double[count + 200])], count));
    }

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
                for (int i = 0; (k < Read || IsRepeated(k)) && i < (k < Running ? count : Arithmetic.Repeated<T>()); i++)
                    array[Margin + i] = IsRepeated(k) && i > 0 ? array[Margin] : numbers(k);
                return array;
            }).ToArray();

            var expected = Array.ConvertAll(arrays, array => (T[])array.Clone());
            for (int i = 0; i < count; i++)
                OneByOne(steps, expected, i);
            Run(steps, arrays, count);
            for (int k = 0; k < Arrays; k++)
            {
                bool isRoom = k >= Running + Repeated;
                for (int i = 0; i < arrays[k].Length; i += isRoom && i == Margin - 1 ? Arithmetic.Repeated<T>() + 1 : 1)
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
        var readable = Enumerable.Range(0, Read).Concat(Enumerable.Range(Running, Repeated)).ToList();
        for (int k = 0; k < length; k++)
        {
            int result = random.Next(3) == 0 && k < length - 1 ? -1 : random.Next(2) == 0 ? random.Next(Read, Running) : random.Next(Running + Repeated, Arrays);
            int x = k > 0 && random.Next(2) == 0 ? k > 1 ? Held() : ArithmeticStep.Accumulator : Any();
            steps[k] = new(Code(k), x, Any(), Any(), result, Held());
            if (result >= 0 && !readable.Contains(result))
                readable.Add(result);
        }

        return steps;

        int Any() => readable[random.Next(readable.Count)];
    }

    private static bool IsRepeated(int array) => array is >= Running and < Running + Repeated;

    private static void Run<T>(ArithmeticStep[] steps, T[][] arrays, int count) where T : unmanaged
    {
        nint* addresses = stackalloc nint[Arrays];
        var pins = Array.ConvertAll(arrays, array => System.Runtime.InteropServices.GCHandle.Alloc(array, System.Runtime.InteropServices.GCHandleType.Pinned));
        for (int k = 0; k < Arrays; k++)
            addresses[k] = pins[k].AddrOfPinnedObject() + (Margin * sizeof(T));
        Arithmetic.Run<T>(steps, addresses, [.. Enumerable.Range(0, Running)], count);
        for (int k = 0; k < Arrays; k++)
            Assert.Equal(pins[k].AddrOfPinnedObject() + (Margin * sizeof(T)), addresses[k]);
        Array.ForEach(pins, pin => pin.Free());
    }

    private static void OneByOne<T>(ArithmeticStep[] steps, T[][] arrays, int element) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (a, p, q) = (T.Zero, T.Zero, T.Zero);
        foreach (var step in steps)
        {
            ref T At(int k) => ref arrays[k][Margin + (k < Running ? element : 0)];
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
                ArithmeticCode.None or ArithmeticCode.HoldP or ArithmeticCode.HoldQ => a,
                _ => throw new NotSupportedException($"{step.Code}"),
            };
            p = step.Held == ArithmeticStep.P ? a : step.Code == ArithmeticCode.HoldP ? y : p;
            q = step.Held == ArithmeticStep.Q ? a : step.Code == ArithmeticCode.HoldQ ? y : q;
            if (step.Result >= 0)
                At(step.Result) = a;
        }
    }

    private static T MultiplyAdd<T>(T x, T y, T z) where T : IFloatingPointIeee754<T> =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? T.FusedMultiplyAdd(x, y, z) : x * y + z;

    private static ulong Bits<T>(T value) where T : IFloatingPointIeee754<T> =>
        value is float single ? BitConverter.SingleToUInt32Bits(single) : BitConverter.DoubleToUInt64Bits(double.CreateChecked(value));
}
