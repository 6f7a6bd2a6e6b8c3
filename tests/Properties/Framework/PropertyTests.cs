using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit;

namespace Properties.Framework;

/// <summary>The attribute does what the one of FsCheck.Xunit does.</summary>
public sealed class PropertyTests : IDisposable
{
    private readonly List<int> _draws = [];
    private int? _expectedDraws;

    /// <summary>The instance serves all draws of a property, and its end is the property's.</summary>
    public void Dispose()
    {
        if (_expectedDraws is { } expected)
            Assert.Equal(expected, _draws.Count);
    }

    [Property(MaxTest = 17)]
    public void A_method_that_returns_passes(int x)
    {
        _expectedDraws = 17;
        _draws.Add(x);
    }

    [Property(MaxTest = 30, EndSize = 5, QuietOnSuccess = true)]
    public bool Sizes_end_where_asked(int[] items) => items.Length <= 5;

    [Property]
    public Property A_property_may_reject_draws(int x) => (x % 2 == 0).When(x % 2 == 0);

    [Property]
    public async Task A_task_is_awaited(int x)
    {
        await Task.Yield();
        Assert.Equal(x, x);
    }

    [Property]
    public async Task<bool> A_task_of_a_truth_value_is_awaited(int x)
    {
        await Task.Yield();
        return x == x + 0;
    }

    [Property(Arbitrary = [typeof(Sevens)])]
    public bool Arguments_come_from_the_given_types(int x) => x == 7;

    [Fact]
    public void A_failure_reports_the_arguments_as_drawn_and_as_shrunk_and_the_seed()
    {
        var failure = Fails(nameof(Is_below_ten), new PropertyAttribute { StartSize = 10_000, EndSize = 10_000 });
        Assert.Contains("Falsifiable, after", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Original:{Environment.NewLine}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Shrunk:{Environment.NewLine}10", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_replays()
    {
        var first = Fails(nameof(Is_below_ten), new PropertyAttribute { EndSize = 1000 });
        string seed = first.Message.Split("seed of ")[1].Split(')')[0] + ")";
        string size = first.Message.Split("size of ")[1].Split(' ')[0];
        string replay = seed.Replace(")", $",{size})", StringComparison.Ordinal);
        var again = Fails(nameof(Is_below_ten), new PropertyAttribute { Replay = replay });
        Assert.Equal(Original(first), Original(again));
        Assert.Contains("after 1 test", again.Message, StringComparison.Ordinal);

        static string Original(Exception failure) => failure.Message.Split("Original:")[1].Split("Shrunk:")[0];
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1,2,3,4")]
    [InlineData("1,-3")]
    [InlineData("one,two")]
    public void A_replay_that_cannot_be_read_is_refused(string replay) =>
        Assert.Throws<FormatException>(() => new PropertyAttribute { Replay = replay }.ToConfig(new CollectingRunner(_ => { })));

    [Fact]
    public void An_exception_is_a_failure_and_is_kept() =>
        Assert.IsType<InvalidTimeZoneException>(Fails(nameof(Throws), new PropertyAttribute()).InnerException);

    [Fact]
    public void A_task_that_fails_is_a_failure() =>
        Assert.Contains("Falsifiable", Fails(nameof(Fails_later), new PropertyAttribute()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_property_that_rejects_nearly_everything_fails() =>
        Assert.Contains(
            "Arguments exhausted", Fails(nameof(Rejects), new PropertyAttribute { MaxRejected = 2 }).Message, StringComparison.Ordinal);

    [Fact]
    public void Verbose_prints_every_draw_and_quiet_prints_none()
    {
        List<string> verbose = [], usual = [], quiet = [];
        Run(nameof(Holds), new PropertyAttribute { MaxTest = 5, Verbose = true }, verbose.Add);
        Run(nameof(Holds), new PropertyAttribute { MaxTest = 5 }, usual.Add);
        Run(nameof(Holds), new PropertyAttribute { MaxTest = 5, QuietOnSuccess = true }, quiet.Add);
        Assert.Equal(6, verbose.Count);
        Assert.Equal(["Ok, passed 5 tests."], usual);
        Assert.Empty(quiet);
    }

    private static PropertyFailedException Fails(string method, PropertyAttribute attribute) =>
        Assert.Throws<PropertyFailedException>(() => Run(method, attribute, _ => { }));

    private static void Run(string method, PropertyAttribute attribute, Action<string> write)
    {
        var runner = new CollectingRunner(write);
        Check.Method(
            attribute.ToConfig(runner),
            typeof(PropertyTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!,
            FSharpOption<object>.None);
        runner.ThrowIfFailed();
    }

    private static bool Is_below_ten(int x) => x < 10;

    private static bool Holds(int x) => x >= int.MinValue;

    private static void Throws(int x) => throw new InvalidTimeZoneException(x.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static async Task Fails_later(int x)
    {
        await Task.Yield();
        Assert.Equal(x, x + 1);
    }

    private static Property Rejects(int x) => true.When(x == int.MaxValue);

    /// <summary>Draws nothing but sevens.</summary>
    public static class Sevens
    {
        public static Arbitrary<int> Seven() => Gen.Constant(7).ToArbitrary();
    }
}
