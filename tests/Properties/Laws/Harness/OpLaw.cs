using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using Microsoft.FSharp.Core;
using Properties.Framework;
using Properties.Generators;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// A law over every op. FsCheck draws the points, the same in every run and on every instruction-set leg, and shrinks those that break it.
/// </summary>
public abstract class OpLaw
{
    /// <summary>The name in reports.</summary>
    internal string Name => GetType().Name;

    /// <summary>Whether it is a law of rules: only such a one can catch a wrong rule.</summary>
    internal virtual bool IsOfRules => true;

    /// <summary>The number of points tried for each sample and element type; more for a sample whose points are small.</summary>
    private protected virtual int Draws => 24;

    [Theory]
    [OpCases]
    [Trait("Category", "Leg")]
    public void Holds(OpCase op)
    {
        var tally = new Tally();
        Try(OpCatalog.Samples[op.Op], op.IsFloat, tally);
        LawReport.Add(Name, op, tally);
    }

    /// <summary>Whether the law has a meaning for a sample.</summary>
    internal virtual bool AppliesTo(OpSample sample, bool isFloat) => true;

    /// <summary>Tries the law.</summary>
    /// <exception cref="PropertyFailedException">It does not hold.</exception>
    internal void Try(OpSample sample, bool isFloat, Tally tally)
    {
        if (isFloat)
            Try<float>(sample, tally);
        else
            Try<double>(sample, tally);
    }

    /// <summary>Where to try the law.</summary>
    private protected virtual Arbitrary<OpPoint> Points<T>(OpSample sample)
        where T : unmanaged, IFloatingPointIeee754<T> => OpPoints.Of<T>(sample);

    /// <summary>The law at one point; what it cannot judge it counts as excluded.</summary>
    private protected abstract void Check<T>(OpPoint point, Tally tally)
        where T : unmanaged, IFloatingPointIeee754<T>;

    private void Try<T>(OpSample sample, Tally tally)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var runner = new CollectingRunner(_ => { });
        int size = sample.Operands.Sum(operand => operand.Shape.ElementCount);
        int draws = sample.IsElementwise || size == 0 ? Draws : Draws * Math.Max(1, 12 / size);
        var config = Config.Default.WithMaxTest(draws).WithRunner(runner)
            .WithReplay(FSharpOption<FsCheck.Replay>.Some(new FsCheck.Replay(new Rnd(20_261_101UL), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(Points<T>(sample), point =>
        {
            tally.Draw(point);
            Check<T>(point, tally);
        }));
        runner.ThrowIfFailed();
    }
}
