using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;
using A = Grad.Functional.NDArray<double>;

namespace Properties.Engine;

/// <summary>Options hold for one call and all that runs inside it, and for nothing else.</summary>
public class Options
{
    private static readonly A s_x = NDArray.Linspace(0.0, 1, 5_000);
    private static readonly CancellationToken s_cancelled = new(canceled: true);

    [Fact]
    public void Senseless_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxDegreeOfParallelism", () => new GradOptions { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MemoryBudget", () => new GradOptions { MemoryBudget = -1 });
        Assert.Equal(Environment.ProcessorCount, new GradOptions().MaxDegreeOfParallelism);
        Assert.Equal(new GradOptions(), GradOptions.Default);
    }

    [Fact]
    public void A_cancelled_call_does_not_run_its_function()
    {
        var options = new GradOptions { CancellationToken = s_cancelled };
        static A Never(A x) => throw new InvalidOperationException("f ran.");
        Action[] calls =
        [
            () => Ad.Grad(Never, s_x, options: options),
            () => Ad.Grad(Never, 1.0, options),
            () => Ad.Grad(Never, options)(s_x),
            () => Ad.ValueAndGrad(Never, s_x, options),
            () => Ad.Vjp(Never, s_x, s_x, options),
            () => Ad.Vjp(Never, s_x, options),
            () => Ad.Jvp(Never, s_x, s_x, options),
            () => Ad.Linearize(Never, s_x, options),
            () => Ad.Jacobian(Never, s_x, options: options),
            () => Ad.BatchJacobian(Never, s_x, options),
            () => Ad.Hessian(Never, s_x, options),
            () => Ad.HessianVectorProduct(Never, s_x, s_x, options),
            () => Ad.Compile(Never, s_x, options),
            () => Ad.Compile(Never, options).Invoke(s_x),
            () => Ad.Compile(Never).Invoke(s_x, s_cancelled),
        ];
        foreach (var call in calls)
        {
            var exception = Assert.ThrowsAny<OperationCanceledException>(call);
            Assert.Equal(s_cancelled, exception.CancellationToken);
            AssertNothingHolds();
        }
    }

    [Fact]
    public void A_pullback_is_cancelled_as_its_call()
    {
        using var source = new CancellationTokenSource();
        var options = new GradOptions { CancellationToken = source.Token };
        var (_, pullback) = Ad.Vjp(Sin, s_x, options);
        var (_, pushforward) = Ad.Linearize(Sin, s_x, options);
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => pullback(s_x));
        Assert.ThrowsAny<OperationCanceledException>(() => pushforward(s_x));
        AssertNothingHolds();
    }

    [Fact]
    public void Cancelling_inside_f_ends_the_call_and_not_the_next()
    {
        var expected = Ad.Grad(v => Sum(Sin(v) * v), s_x);
        using var source = new CancellationTokenSource();
        var isOn = true;
        A F(A v)
        {
            if (isOn)
            {
                source.Cancel();
            }

            return Sum(Sin(v) * v);
        }

        // From the recording, planned, and from the plan.
        for (var i = 0; i < 3; i++)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => Ad.Grad(F, s_x, options: new() { CancellationToken = source.Token }));
            AssertNothingHolds();
        }

        isOn = false;
        Assert.Equal(expected.ToArray(), Ad.Grad(F, s_x).ToArray());
    }

    [Fact]
    public void Inner_calls_keep_to_the_options_of_the_outer_one()
    {
        var outer = new GradOptions { MaxDegreeOfParallelism = 3 };
        var inner = new GradOptions { MaxDegreeOfParallelism = 5 };
        var seen = new List<int>();
        A Look(A v)
        {
            seen.Add(OptionsScope.Options.MaxDegreeOfParallelism);
            return Sum(v * v);
        }

        Ad.Grad(
            v =>
            {
                Ad.Grad(Look, s_x);
                Ad.Grad(Look, s_x, options: inner);
                return Look(v) * Ad.ValueAndGrad(Look, v).Value;
            },
            s_x,
            options: outer);
        Assert.Equal([3, 5, 3, 3], seen);
        AssertNothingHolds();
    }

    [Fact]
    public void A_token_holds_inside_calls_that_have_none()
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Ad.Grad(
            v =>
            {
                source.Cancel();
                return Sum(Ad.Grad(u => Sum(u * u), v, options: new() { MaxDegreeOfParallelism = 1 }));
            },
            s_x,
            options: new() { CancellationToken = source.Token }));
        AssertNothingHolds();
    }

    [Fact]
    public void What_f_throws_leaves_no_options_behind()
    {
        var options = new GradOptions { MaxDegreeOfParallelism = 3 };
        Assert.Throws<InvalidOperationException>(() => Ad.Grad(_ => throw new InvalidOperationException(), s_x, options: options));
        Assert.Throws<ArgumentException>(() => Ad.Grad(Sin, s_x, options: options));
        Assert.Throws<ArgumentNullException>(() => Ad.Grad(Sin, (A)null!, options: options));
        AssertNothingHolds();
    }

    private static void AssertNothingHolds()
    {
        Assert.Same(GradOptions.Default, OptionsScope.Options);
        Assert.False(OptionsScope.Token.CanBeCanceled);
    }
}
