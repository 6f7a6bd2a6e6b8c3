using System.Runtime.InteropServices;
using Grad.Functional;
using Grad.Simd;
using Xunit;
using static Grad.Functional.NDMath;
using A = Grad.Functional.NDArray<double>;

namespace Properties.Threads;

/// <summary>What goes wrong in the middle of a run, on whatever thread, reaches the caller as it is, leaks nothing, and leaves the next run as it would be.</summary>
public sealed class Faults : IDisposable
{
    private const int Length = 200_000;

    // Few enough for the plan to stay cold: emitted code does not call the kernel that is the trap.
    private const int Rounds = 3;

    private static readonly int[] s_degrees = [1, 2, 3, 16];

    public Faults() => Team.CallsAtOnce = true;

    public void Dispose() => Team.CallsAtOnce = false;

    [Fact]
    public void An_exception_in_a_kernel_comes_out_as_it_is()
    {
        foreach (int degree in s_degrees)
        {
            var trap = new Trap();
            using var run = new Run(trap, new GradOptions { MaxDegreeOfParallelism = degree });
            for (int round = 0; round < Rounds; round++)
            {
                trap.Spring = call => Throw(call >= 7);
                var exception = Assert.Throws<TrapException>(run.Once);
                Assert.Contains(nameof(Throw), exception.StackTrace, StringComparison.Ordinal);
                run.AssertWell();
            }

            run.AssertNothingLeaked();
        }
    }

    [Fact]
    public void A_run_is_cancelled_in_its_middle()
    {
        foreach (int degree in s_degrees)
        {
            var trap = new Trap();
            using var run = new Run(trap, new GradOptions { MaxDegreeOfParallelism = degree });
            for (int round = 0; round < Rounds; round++)
            {
                using var source = new CancellationTokenSource();
                run.Options = new GradOptions { MaxDegreeOfParallelism = degree, CancellationToken = source.Token };
                trap.Spring = call =>
                {
                    if (call == 7)
                        source.Cancel();
                };
                var exception = Assert.ThrowsAny<OperationCanceledException>(run.Once);
                Assert.Equal(source.Token, exception.CancellationToken);

                // What has been begun is ended, and no more.
                Assert.InRange(trap.Calls, 7, Length / Trap.LongestCall / 2);
                run.Options = new GradOptions { MaxDegreeOfParallelism = degree };
                run.AssertWell();
            }

            run.AssertNothingLeaked();
        }
    }

    [Fact]
    public void A_cancelled_run_on_spans_leaves_the_function_as_it_was()
    {
        var x = new RandomKey(3).Normal<double>(Length);
        double[] value = new double[1], grad = new double[Length];
        var compiled = Ad.Compile(Ad.ValueAndGrad((A v) => Sum(Sin(v) * Exp(-v * v))), x);
        compiled.Run(x.AsSpan(), value, grad);
        var expected = (double[])grad.Clone();
        Assert.ThrowsAny<OperationCanceledException>(() => compiled.Run(x.AsSpan(), value, grad, new CancellationToken(canceled: true)));
        compiled.Run(x.AsSpan(), value, grad);
        Assert.Equal(expected, grad);
    }

    [Fact]
    public void A_budget_is_kept_before_anything_runs()
    {
        var x = new RandomKey(3).Normal<double>(Length);
        int runs = 0;
        A F(A v)
        {
            runs++;
            return Sum(Square(CumSum(Sin(v) * v)));
        }

        var small = new GradOptions { MemoryBudget = Length * sizeof(double) / 2 };
        var large = new GradOptions { MemoryBudget = 40L * Length * sizeof(double) };
        var expected = Ad.Grad(F, x).ToArray();
        foreach (var call in (Func<GradOptions, A>[])
        [
            options => Ad.Grad(F, x, options: options),
            options => Ad.ValueAndGrad(F, x, options).Grad,
            options => Ad.Vjp(F, x, 1.0, options).Product,
            options => Ad.Compile(Ad.Grad((A v) => F(v)), options).Invoke(x),
            options => Ad.Compile(Ad.Grad((A v) => F(v)), x, options).Invoke(x),

            // Inside another call there is no plan: what the recording keeps is what counts.
            options => Ad.Grad(v => Sum(Ad.Grad(F, v)), x, options: options) is var second && options == small ? second : Ad.Grad(F, x),
        ])
        {
            for (int round = 0; round < 3; round++)
            {
                var refusal = Assert.Throws<InsufficientMemoryException>(() => call(small));
                Assert.Contains("800,000", refusal.Message, StringComparison.Ordinal);
                Assert.Matches(@"need \d{1,2},\d{3},\d{3} bytes", refusal.Message);
            }

            Assert.Equal(expected, call(large).ToArray());
        }

        Assert.True(runs > 0);
    }

    [Fact]
    public void A_budget_counts_what_reading_values_keeps()
    {
        var x = new RandomKey(3).Normal<double>(Length);
        var options = new GradOptions { MemoryBudget = 10L * Length * sizeof(double) };
        A Read(A v, int times)
        {
            var y = v;
            for (int i = 0; i < times; i++)
            {
                y = Sin(y) + 1;
                Assert.True((double)Sum(y) > 0);
            }

            return Sum(y);
        }

        Ad.Grad(v => Read(v, 2), x, options: options);
        Assert.Throws<InsufficientMemoryException>(() => Ad.Grad(v => Read(v, 100), x, options: options));
        Assert.Equal(Ad.Grad(v => Read(v, 2), x).ToArray(), Ad.Grad(v => Read(v, 2), x, options: options).ToArray());
    }

    private static void Throw(bool isTime)
    {
        if (isTime)
            throw new TrapException();
    }

    private sealed class TrapException : Exception;

    /// <summary>A plan of groups with a trap in one of them, interpreted, on memory that stands still.</summary>
    private sealed class Run : IDisposable
    {
        private readonly Trap _trap;
        private readonly Plan _plan;
        private readonly double[] _x = GC.AllocateArray<double>(Length, pinned: true);
        private readonly double[] _y = GC.AllocateArray<double>(Length, pinned: true);
        private readonly double[] _sum = GC.AllocateArray<double>(1, pinned: true);
        private readonly double[] _expected;
        private long _leastAllocated = long.MaxValue;

        public Run(Trap trap, GradOptions options)
        {
            (_trap, Options) = (trap, options);
            using var recording = new Recording();
            var input = (A)NDArray.Zeros<double>(Length).MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
            var trapped = (A)new TrapOp(trap).Apply([Sin(input)]);
            Node[] outputs = [Exp(CumSum(trapped)), Sum(trapped * trapped)];
            _plan = PlanBuilder.Build([input], outputs);
            for (int i = 0; i < Length; i++)
                _x[i] = Math.Sin(i) / 1_000;
            Once();
            _expected = [.. _y, .. _sum];
        }

        public GradOptions Options { get; set; }

        public void Once()
        {
            _trap.Calls = 0;
            using var scope = OptionsScope.Enter(Options);
            _plan.Run([Address(_x)], [Address(_y), Address(_sum)]);
        }

        public void AssertWell()
        {
            _trap.Spring = null;
            Assert.Same(GradOptions.Default, OptionsScope.Options);
            Array.Clear(_y);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Once();
            _leastAllocated = Math.Min(_leastAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(_expected, (double[])[.. _y, .. _sum]);
        }

        /// <summary>A workspace that had not been given back would have to be made anew after each failure; the pool's queue grows but now and then.</summary>
        public void AssertNothingLeaked() => Assert.Equal(0, _leastAllocated);

        public void Dispose() => GC.KeepAlive(_x);

        private static nint Address(double[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
    }

    private sealed class Trap
    {
        public const int LongestCall = 1_024;

        public int Calls;

        public Action<int>? Spring { get; set; }
    }

    /// <summary>The identity, with a trap.</summary>
    private sealed class TrapOp(Trap trap) : Op, IElementwiseOp
    {
        public override string Name => "Trap";

        public V Eval<V>(ReadOnlySpan<V> operands) where V : struct, ILane<V> => operands[0];

        public ElementKernel? Kernel(Node node) => new TrapKernel(trap);

        public override Node Apply(ReadOnlySpan<Node> operands) => operands[0].Make(this, operands[0].Shape, operands[0]);

        public override void Evaluate(in Evaluation e) => e.Operand<double>().CopyTo(e.Result<double>());

        public override void Reverse(Node node, in Masked cotangent, ReadOnlySpan<bool> needed, Span<Masked> contributions) => contributions[0] = cotangent;

        public override Masked Forward(Node node, ReadOnlySpan<Masked> tangents) => tangents[0];

        public override Node Batch(Node node, ReadOnlySpan<Node> operands, ReadOnlySpan<bool> batched, int size) => Apply(operands);
    }

    private sealed unsafe class TrapKernel(Trap trap) : ElementKernel
    {
        public override void One(void* x, void* y, void* z, void* result) => *(double*)result = *(double*)x;

        public override void Many(void* x, void* y, void* z, void* result, int count, Still still)
        {
            trap.Spring?.Invoke(Interlocked.Increment(ref trap.Calls));
            Source<double>(x, count).CopyTo(Target<double>(result, count));
        }
    }
}
