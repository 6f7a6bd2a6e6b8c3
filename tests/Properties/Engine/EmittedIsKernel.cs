using System.Globalization;
using System.Numerics;
using System.Reflection;
using Grad.Functional;
using Properties.Kernels;
using Xunit;

namespace Properties.Engine;

/// <summary>Emitted code gives the bits of the ops' own bodies: whatever the numbers, the length, the place in memory, in place too.</summary>
[Trait("Category", "Leg")]
public class EmittedIsKernel
{
    private const int Margins = 5;
    private static readonly int[] s_lengths = [.. Enumerable.Range(0, 68), 100, 255, 256, 257, 1000, 2000];

    public static TheoryData<string> Ops => [.. EmittedGroups.Single(typeof(double), still: false).Keys];

    public static TheoryData<string> OpsWithStillOperand => [.. EmittedGroups.Single(typeof(double), still: true).Keys];

    [Theory]
    [MemberData(nameof(Ops))]
    public void One_op(string name) => OfBoth(name, still: false, new EveryLength());

    [Theory]
    [MemberData(nameof(OpsWithStillOperand))]
    public void One_op_with_an_operand_that_stands_still(string name) => OfBoth(name, still: true, new EveryLength());

    [Theory]
    [MemberData(nameof(Ops))]
    public void One_op_at_every_width(string name)
    {
        foreach (int bytes in (int[])[16, 32, 64])
            OfBoth(name, still: false, new AtWidth(bytes));
    }

    [Fact]
    public void Every_micro_operation_has_a_method_at_every_width()
    {
        var ops = typeof(MicroOp).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (MicroOp)field.GetValue(null)!).ToArray();
        Assert.NotEmpty(ops);
        foreach (var (element, bytes) in from element in (Type[])[typeof(double), typeof(float)] from bytes in (int[])[16, 32, 64] select (element, bytes))
        {
            var code = VectorCode.Of(element, bytes);
            foreach (var op in ops.Where(op => op.Form is not (MicroForm.Input or MicroForm.Constant) && (bytes == 64 || op.Form != MicroForm.Avx512)))
                Assert.NotNull(code.Method(op));
        }
    }

    [Fact]
    public void Random_groups()
    {
        int groups = int.TryParse(Environment.GetEnvironmentVariable("GRAD_PROGRAMS"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int given)
            ? given : 100;
        for (int seed = 0; seed < groups; seed++)
        {
            int ops = new Random(seed).Next(2, 41);
            new EveryLength().Check<double>(EmittedGroups.Random(typeof(double), new Random(seed), ops), seed, some: true);
            new EveryLength().Check<float>(EmittedGroups.Random(typeof(float), new Random(~seed), ops), seed, some: true);
        }
    }

    [Theory]
    [InlineData(120)]
    [InlineData(400)]
    public void Groups_beyond_what_a_method_holds(int ops)
    {
        new SeveralStages().Check<double>(EmittedGroups.Random(typeof(double), new Random(ops), ops), ops, some: true);
        new SeveralStages().Check<float>(EmittedGroups.Random(typeof(float), new Random(ops), ops), ops, some: true);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void In_fast_ranges_emitted_code_does_all(string name) => OfBoth(name, still: false, new Alone());

    private static void OfBoth(string name, bool still, Law law)
    {
        law.Check<double>(EmittedGroups.Single(typeof(double), still)[name], seed: 1, some: false);
        law.Check<float>(EmittedGroups.Single(typeof(float), still)[name], seed: 1, some: false);
    }

    private abstract class Law
    {
        protected virtual int Bytes => 0;

        public void Check<T>(ElementwiseCode code, int seed, bool some) where T : unmanaged, IFloatingPointIeee754<T>
        {
            var loop = EmittedLoop.Compile(code, bytes: Bytes);
            Assert.Equal(Leg.EmitsHere, loop is not null);
            if (loop is not null)
                Check<T>(code, loop, new Random(seed), some);
        }

        protected abstract void Check<T>(ElementwiseCode code, EmittedLoop loop, Random random, bool some)
            where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private class EveryLength : Law
    {
        protected override void Check<T>(ElementwiseCode code, EmittedLoop loop, Random random, bool some)
        {
            var kernels = EmittedGroups.Kernels<T>(code);
            foreach (int length in some ? [random.Next(68), random.Next(2000)] : s_lengths)
            {
                var run = new GroupRun<T>(code, length, EmittedGroups.Numbers<T>(random), random);
                run.Check(loop, kernels, offset: random.Next(Margins), inPlace: false);
                run.Check(loop, kernels, offset: random.Next(Margins), inPlace: true);
            }
        }
    }

    private sealed class AtWidth(int bytes) : Law
    {
        protected override int Bytes => bytes;

        protected override void Check<T>(ElementwiseCode code, EmittedLoop loop, Random random, bool some)
        {
            var kernels = EmittedGroups.Kernels<T>(code, bytes);
            foreach (int length in (int[])[5, 67, 300])
                new GroupRun<T>(code, length, EmittedGroups.Numbers<T>(random), random).Check(loop, kernels, offset: 1, inPlace: false);
        }
    }

    private sealed class SeveralStages : EveryLength
    {
        protected override void Check<T>(ElementwiseCode code, EmittedLoop loop, Random random, bool some)
        {
            Assert.True(loop.Methods.Length > 1, $"{code.Values.Length} ops fit one method.");
            base.Check<T>(code, loop, random, some);
        }
    }

    private sealed class Alone : Law
    {
        protected override void Check<T>(ElementwiseCode code, EmittedLoop loop, Random random, bool some)
        {
            double least = EmittedGroups.Least(code);
            var run = new GroupRun<T>(code, 1000, _ => T.CreateSaturating(least + 0.6 * random.NextDouble()), random);
            var kernels = EmittedGroups.Kernels<T>(code);
            Assert.Equal(0, run.Check(loop, kernels, offset: 0, inPlace: false));
        }
    }
}
