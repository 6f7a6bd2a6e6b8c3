using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grad.Functional;
using Xunit;

namespace Properties.Engine;

/// <summary>Straight-line code for ops on single numbers gives the bits of the ops computed one by one, whatever the numbers.</summary>
[Trait("Category", "Leg")]
public class StraightIsKernel
{
    private const int Draws = 40;

    public static TheoryData<string> Ops => [.. EmittedGroups.Single(typeof(double), still: false).Keys];

    [Theory]
    [MemberData(nameof(Ops))]
    public void One_op(string name)
    {
        Check<double>(EmittedGroups.Single(typeof(double), still: false)[name], seed: 1, Draws * 10);
        Check<float>(EmittedGroups.Single(typeof(float), still: false)[name], seed: 1, Draws * 10);
    }

    [Fact]
    public void Random_groups()
    {
        int groups = int.TryParse(Environment.GetEnvironmentVariable("GRAD_PROGRAMS"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given : 100;
        for (int seed = 0; seed < groups; seed++)
        {
            int ops = new Random(seed).Next(2, 41);
            Check<double>(EmittedGroups.Random(typeof(double), new Random(seed), ops), seed, Draws);
            Check<float>(EmittedGroups.Random(typeof(float), new Random(~seed), ops), seed, Draws);
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    public void Groups_beyond_what_a_method_holds(int ops)
    {
        Check<double>(EmittedGroups.Random(typeof(double), new Random(ops), ops), ops, Draws, severalParts: true);
        Check<float>(EmittedGroups.Random(typeof(float), new Random(ops), ops), ops, Draws, severalParts: true);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void In_fast_ranges_emitted_code_does_all(string name)
    {
        var random = new Random(2);
        var code = EmittedGroups.Single(typeof(double), still: false)[name];
        double least = EmittedGroups.Least(code);
        Check<double>(code, _ => least + (0.6 * random.NextDouble()), random, Draws, mayRedo: false);
        Check<float>(EmittedGroups.Single(typeof(float), still: false)[name], _ => (float)least + (0.6f * random.NextSingle()), random, Draws, mayRedo: false);
    }

    private static void Check<T>(ElementwiseCode code, int seed, int draws, bool severalParts = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        Check(code, EmittedGroups.Numbers<T>(random), random, draws, mayRedo: true, severalParts);
    }

    private static unsafe void Check<T>(
        ElementwiseCode code, Func<int, T> number, Random random, int draws, bool mayRedo, bool severalParts = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Of groups every third input is a constant of the code.
        var constants = Array.ConvertAll(code.Inputs, _ => code.Values.Length > 1 && random.Next(3) == 0);
        var inputs = Draw(code, number, random);
        var group = Group(code, inputs, constants);
        var emitted = StraightCode.Compile(group);
        Assert.Equal(Vector128.IsHardwareAccelerated && RuntimeFeature.IsDynamicCodeSupported, emitted is not null);
        if (emitted is null)
            return;
        Assert.True(!severalParts || emitted.Methods.Length > 1, $"{code.Values.Length} ops fit one method.");

        // Room for a word at each slot: the inputs', then the values' that are written.
        int slots = code.Inputs.Length + code.Values.Length;
        var (words, memory) = (new long[slots], new long[group.Constants.Length + code.Values.Length]);
        fixed (long* word = words, own = memory)
        {
            var table = stackalloc nint[slots];
            for (int k = 0; k < slots; k++)
                table[k] = (nint)(word + k);
            for (int draw = 0; draw < draws; draw++)
            {
                var next = draw == 0 ? inputs : Draw(code, number, random);
                inputs = [.. next.Select((node, k) => constants[k] ? inputs[k] : node)];
                for (int k = 0; k < inputs.Length; k++)
                    words[k] = Bits(inputs[k]);
                new Random(draw).NextBytes(MemoryMarshal.AsBytes(memory.AsSpan()));
                int redone = emitted.Run(table, (byte*)own);
                Assert.True(mayRedo || redone == 0, "Kernels had to do it again.");
                var values = Values(code, inputs);
                foreach (var output in code.Outputs)
                    Compare(code, inputs, values[output.Source], words[output.Source], output.Source);
            }
        }
    }

    private static Node[] Draw<T>(ElementwiseCode code, Func<int, T> number, Random random) where T : unmanaged => [.. code.Inputs.Select((input, k) =>
        input.IsMask
            ? ((NDArray<bool>)(random.Next(2) == 0)).MakeLeaf(VariableOp.Instance, 0, placeholder: false)
            : ((NDArray<T>)number(k)).MakeLeaf(VariableOp.Instance, 0, placeholder: false))];

    /// <summary>Inputs and values as nodes, computed one by one when they are asked for.</summary>
    private static Node[] Values(ElementwiseCode code, Node[] inputs)
    {
        List<Node> nodes = [.. inputs];
        foreach (var (op, operands) in code.Values)
            nodes.Add(((Op)op).Apply(Array.ConvertAll(operands, operand => nodes[operand])));
        return [.. nodes];
    }

    private static ScalarGroup Group(ElementwiseCode code, Node[] inputs, bool[] isConstant)
    {
        List<long> constants = [];
        var read = new ScalarInput[inputs.Length];
        for (int k = 0; k < read.Length; k++)
        {
            read[k] = new(code.Inputs[k].IsMask, isConstant[k] ? constants.Count * ScalarGroup.Word : ~k, isConstant[k]);
            if (isConstant[k])
                constants.Add(Bits(inputs[k]));
        }

        var nodes = Values(code, inputs);
        var values = code.Values.Select((value, k) =>
        {
            int number = inputs.Length + k;
            bool isWritten = Array.Exists(code.Outputs, output => output.Source == number);
            return new ScalarValue(value.Op, value.Op.Kernel(nodes[number])!, value.Operands, nodes[number] is NDArray<bool>, isWritten ? number : -1);
        });
        return new(code.ElementType, read, [.. values]) { Constants = [.. constants] };
    }

    private static long Bits(Node node) => node switch
    {
        NDArray<double> x => BitConverter.DoubleToInt64Bits(x.ToScalar()),
        NDArray<float> x => (uint)BitConverter.SingleToInt32Bits(x.ToScalar()),
        _ => ((NDArray<bool>)node).ToScalar() ? 1 : 0,
    };

    private static void Compare(ElementwiseCode code, Node[] inputs, Node expected, long word, int number)
    {
        bool same = expected switch
        {
            NDArray<double> x => Support.Bits.Same(x.ToScalar(), BitConverter.Int64BitsToDouble(word)),
            NDArray<float> x => Support.Bits.Same(x.ToScalar(), BitConverter.Int32BitsToSingle((int)word)),
            _ => ((NDArray<bool>)expected).ToScalar() == ((byte)word != 0),
        };
        string ops = string.Join(", ", code.Values.Select(value => $"{((Op)value.Op).Name}({string.Join(' ', value.Operands)})"));
        Assert.True(same, $"Value {number} is {word:X}, one by one {expected}; inputs {string.Join<Node>(", ", inputs)}; {ops}.");
    }
}
