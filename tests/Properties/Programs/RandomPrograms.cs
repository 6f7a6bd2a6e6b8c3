using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Programs;

/// <summary>
/// Random programs of many ops against differences in double. A plain test run draws a sample, always the same; a fresh ten thousand:
/// <c>GRAD_PROGRAMS=10000 dotnet test -c Release --filter RandomPrograms --logger "console;verbosity=detailed"</c>.
/// <c>GRAD_SEED</c> draws those of an earlier run again.
/// </summary>
public sealed class RandomPrograms(ITestOutputHelper output)
{
    private const int SampleSize = 1_500;

    private static readonly Lazy<(ProgramTally Tally, string Seed, string? Failure)> s_run = new(Run);

    [Fact]
    public void DerivativesAgreeWithDifferences()
    {
        var (tally, seed, failure) = s_run.Value;
        output.WriteLine($"GRAD_SEED={seed}");
        output.WriteLine(tally.Report());
        Assert.True(failure is null, failure);
        Assert.Equal(0, tally.Unexplained);
    }

    [Fact]
    public void FewProgramsAreDiscarded() => Assert.InRange(s_run.Value.Tally.DiscardedShare, 0, 0.2);

    [Fact]
    public void EveryOpIsDrawn() => Assert.Empty(s_run.Value.Tally.NeverDrawn);

    [Fact]
    public void RulesWrongByOneInAThousandAreDetected()
    {
        Assert.InRange(s_run.Value.Tally.DetectedInReverse, 0.95, 1);
        Assert.InRange(s_run.Value.Tally.DetectedInForward, 0.95, 1);
    }

    [Fact]
    public void AWrongRuleShrinksToLittleMoreThanItsOp()
    {
        Program? smallest = null;
        var property = Prop.ForAll(ProgramGenerator.Genomes, genome =>
        {
            var (program, at) = ProgramBuilder.Build(genome);
            var sines = program.DifferentiablePlaces.Where(place => program.Steps[place - program.Inputs.Length].Op is Unary<SinOp>);
            var wrong = sines.Aggregate(program, (changed, place) => changed.With(place, ScaledOp.Of));
            var isRight = ProgramCheck.Of(wrong, at, genome.Seed).Faults.Count == 0;
            smallest = isRight ? smallest : program;
            return isRight;
        });
        var config = Config.QuickThrowOnFailure.WithMaxTest(SampleSize).WithReplay(Start("1"));
        var failure = Assert.ThrowsAny<Exception>(() => Check.One(config, property));
        output.WriteLine(failure.Message);
        Assert.Contains("Sin(", failure.Message, StringComparison.Ordinal);

        // The sine, the weights and the sum that every program ends with; and what greedy shrinking may leave between them.
        var ops = smallest!.Steps.Where(step => step.Op is not null).Select(step => step.Op!.Name).ToList();
        Assert.Contains("Sin", ops);
        Assert.Equal(["Multiply", "Sum"], ops[^2..]);
        Assert.InRange(ops.Count, 3, 5);
    }

    private static (ProgramTally Tally, string Seed, string? Failure) Run()
    {
        var asked = Environment.GetEnvironmentVariable("GRAD_PROGRAMS");
        var seed = Environment.GetEnvironmentVariable("GRAD_SEED")
            ?? (asked is null ? "1" : Random.Shared.Next().ToString(CultureInfo.InvariantCulture));
        var count = asked is null ? SampleSize : int.Parse(asked, CultureInfo.InvariantCulture);
        var tally = new ProgramTally();
        var config = Config.QuickThrowOnFailure
            .WithQuietOnSuccess(true)
            .WithMaxTest(count)
            .WithMaxRejected(count)
            .WithReplay(Start(seed))
            .WithParallelRunConfig(new ParallelRunConfig(Environment.ProcessorCount));
        try
        {
            Check.One(config, Prop.ForAll(ProgramGenerator.Genomes, genome => Judge(genome, tally)));
            return (tally, seed, null);
        }
        catch (Exception failure)
        {
            return (tally, seed, failure.Message);
        }
    }

    private static FsCheck.Replay Start(string seed) =>
        new(new Rnd(ulong.Parse(seed, CultureInfo.InvariantCulture), 1), FSharpOption<int>.None);

    private static Property Judge(Genome genome, ProgramTally tally)
    {
        var (program, at) = ProgramBuilder.Build(genome);
        var check = ProgramCheck.Of(program, at, genome.Seed);
        tally.Add(check);
        if (check.Discard != Discard.None)
        {
            return Prop.When(true, false);
        }

        if (check.Faults.Count == 0)
        {
            tally.Add(ProgramMutants.Try(check));
        }

        return (check.Faults.Count == 0).ToProperty();
    }
}
