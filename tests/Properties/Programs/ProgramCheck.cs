using System.Globalization;
using Grad.Functional;

namespace Properties.Programs;

/// <summary>One program judged: whether it can be, and if so, all its derivatives up to the third order against differences.</summary>
/// <remarks>
/// The gradient is compared with differences of the program; what reverse and forward mode, nested in any order, give for order n with
/// differences of the exact derivative of order n − 1. Every difference runs the program anew, on a fresh trace.
/// </remarks>
internal sealed class ProgramCheck
{
    public const int MaxOrder = 3;

    // Every so many programs are tried in float too.
    private const int FloatEvery = 4;

    private readonly List<string> _faults = [];

    private ProgramCheck(Program program, double[] at, int seed)
    {
        (Program, At, Seed) = (program, at, seed);
        var random = new Scramble(seed);
        Direction = Array.ConvertAll(at, _ => (random.Below(2) == 0 ? 0.125 : -0.125) * (4 + random.Below(9)));
    }

    public Program Program { get; }

    public double[] At { get; }

    /// <summary>Decides the direction, the modes of nested derivatives, and which op a mutant is of.</summary>
    public int Seed { get; }

    /// <summary>The direction of directional derivatives: numbers of few digits, none zero.</summary>
    public double[] Direction { get; }

    public Discard Discard { get; private set; }

    /// <inheritdoc cref="Surroundings.HasIdleNonFinites"/>
    public bool HasIdleNonFinites { get; private set; }

    /// <summary>The derivative along each coordinate, by differences.</summary>
    public Difference[] Partials { get; private set; } = [];

    /// <summary>The derivative along the direction, by differences.</summary>
    public Difference Slope { get; private set; }

    /// <summary>The derivatives that differ from their differences by more than is allowed.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The gradient in float, if it was tried.</summary>
    public SinglePrecision Float { get; private set; }

    /// <summary>What was compared, by order.</summary>
    public Comparisons[] Orders { get; } = new Comparisons[MaxOrder + 1];

    public static ProgramCheck Of(Program program, double[] at, int seed)
    {
        var check = new ProgramCheck(program, at, seed);
        check.Run();
        return check;
    }

    private void Run()
    {
        var near = new Surroundings(Program, At);
        var variables = Variables();
        var noise = RoundingNoise.Of(variables, [Program.Call(variables)])[0][0];
        var lines = new CentralValues?[At.Length];
        for (var i = 0; i < lines.Length && near.Reason == Discard.None; i++)
        {
            var unit = new double[At.Length];
            unit[i] = 1;
            lines[i] = near.Along(unit, Difference.Step * Math.Pow(2, Math.Max(0, Math.ILogB(At[i]))), noise);
        }

        var line = near.Along(Direction, Difference.Step, noise);
        (Discard, HasIdleNonFinites) = (near.Reason, near.HasIdleNonFinites);
        if (Discard != Discard.None)
        {
            return;
        }

        Partials = Array.ConvertAll(lines, values => Difference.Richardson(values!));
        Slope = Difference.Richardson(line!);
        var exact = new Directional(Program, Direction, Seed);
        CompareGradient(1, Partials, exact);
        CompareForward(1, Slope, exact);
        for (var order = 2; order <= MaxOrder; order++)
        {
            CompareOrder(order, exact, near);
        }

        if (Seed % FloatEvery == 0)
        {
            CompareFloat();
        }
    }

    private void CompareFloat()
    {
        Float = SinglePrecision.Judge(Program, At);
        if (!Float.IsWidenedExactly)
        {
            Fault($"float: the widened trace does not give, bit by bit, what the program gives in double");
        }

        if (Float.Verdict == FloatVerdict.Unexplained)
        {
            Fault($"float: the gradient is wrong by {Float.WorstMiss:P0} of what rounding explains");
        }
    }

    private void CompareOrder(int order, Directional exact, Surroundings near)
    {
        var variables = Variables();
        var noise = RoundingNoise.Of(variables, exact.Gradient(order - 1, variables)).SelectMany(noise => noise).ToArray();
        var lower = CentralValues.OfMany(Difference.Step, noise, distance => exact.Gradient(order - 1, near.Point(Direction, distance)));
        CompareGradient(order, Array.ConvertAll(lower, Difference.Richardson), exact);

        // The derivative along the direction once more is the product of the gradient, and so of its differences, with the direction.
        CompareForward(order, Difference.Richardson(CentralValues.Combine(lower, Direction)), exact);
    }

    private NDArray<double>[] Variables() => Array.ConvertAll(Program.Arrays(At), Ad.Variable);

    private void CompareGradient(int order, Difference[] differences, Directional exact)
    {
        var derivatives = exact.Gradient(order, At);
        var rounding = new Lazy<double[]>(() => OwnRounding((noisy, variables) => noisy.Gradient(order, variables)));
        for (var i = 0; i < differences.Length; i++)
        {
            var element = i;
            Compare(order, ref differences[i], derivatives[i], () => rounding.Value[element], $"reverse mode, element {i}");
        }
    }

    private void CompareForward(int order, Difference difference, Directional exact)
    {
        var derivative = exact.Forward(order, Program.Arrays(At)).ToScalar();
        var rounding = () => OwnRounding((noisy, variables) => [noisy.Forward(order, variables)])[0];
        Compare(order, ref difference, derivative, rounding, $"forward mode, along the direction");
    }

    // The derivative is a computed number too: where its terms cancel, what their rounding leaves is no error of a rule.
    private double[] OwnRounding(Func<Directional, NDArray<double>[], NDArray<double>[]> derivative)
    {
        var (one, variables) = (Ad.Variable((NDArray<double>)1.0), Variables());
        var results = derivative(new Directional(Program, Direction, Seed, one), variables);
        return [.. RoundingNoise.Of([.. variables, one], results).SelectMany(noise => noise)];
    }

    private void Compare(int order, ref Difference difference, double derivative, Func<double> rounding, FormattableString which)
    {
        var isCancelled = difference.Miss(derivative) > 1;
        if (isCancelled)
        {
            difference = difference with { Error = difference.Error + rounding() };
        }

        Orders[order] = Orders[order].With(difference, derivative, isCancelled);
        if (difference.Miss(derivative) > 1)
        {
            Fault($"order {order}, {which}: {derivative:R}, but by differences {difference.Value:R} ± {difference.Error:G2}");
        }
    }

    private void Fault(FormattableString what) => _faults.Add(what.ToString(CultureInfo.InvariantCulture));
}
