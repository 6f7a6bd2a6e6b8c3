namespace Grad.Functional;

/// <summary>
/// One gradient check of a function of float64: its exact derivatives, in both modes, against differences of its values, for which it
/// runs afresh at every point.
/// </summary>
internal sealed class Checker
{
    private const string Operation = "GradCheck";

    // A computed value is taken to be right to this share of the largest value on the way to it.
    private const double Rounding = 4 * 2.220446049250313e-16;

    private readonly Func<Node[], Node> _f;
    private readonly NDArray<double>[] _inputs;
    private readonly string[] _names;
    private readonly GradCheckOptions _options;
    private readonly Stencil _stencil;
    private readonly Shape _output;
    private readonly List<GradCheckComparison> _comparisons = [];

    private Checker(Func<Node[], Node> f, NDArray<double>[] inputs, string[] names, GradCheckOptions options, Shape output)
    {
        (_f, _inputs, _names, _options, _output) = (f, inputs, names, options, output);
        _stencil = Stencil.Of(options.Formula);
    }

    /// <summary>What was compared.</summary>
    public IReadOnlyList<GradCheckComparison> Comparisons => _comparisons;

    /// <summary>The exact first derivatives by each input.</summary>
    public NDArray<double>[] First => [.. _comparisons.Take(_inputs.Length).Select(comparison => comparison.Analytical)];

    /// <summary>The relative error, the largest of all comparisons.</summary>
    public double RelativeError => GradCheckReport.LargestOf(_comparisons.Select(comparison => comparison.RelativeError));

    /// <summary>The relative error of reverse against forward mode, the largest so far.</summary>
    public double? ModeError { get; private set; }

    /// <summary>What the function does otherwise at some point next to the one checked.</summary>
    public string? TraceDifference { get; private set; }

    /// <summary>Where next to the point the function is not finite.</summary>
    public string? OutOfDomain { get; private set; }

    /// <summary>Which derivative is not finite at the point.</summary>
    public string? NonFinite { get; private set; }

    /// <summary>Compares all that is asked for.</summary>
    public static Checker Run(Func<Node[], Node> f, NDArray<double>[] inputs, string[] names, GradCheckOptions options, FreshTrace origin)
    {
        var checker = new Checker(f, inputs, names, options, origin.Shape);
        checker.Compare(f, origin, gradientOf: null);
        for (var i = 0; options.Order == 2 && i < inputs.Length; i++)
        {
            var input = i;
            Func<Node[], Node> gradient = p => Jacobians.Full(Operation, f, p, JacobianMode.Reverse)[input];
            checker.Compare(gradient, FreshTrace.Run(Operation, gradient, inputs), input);
        }

        return checker;
    }

    /// <param name="f">The function, or one of its derivatives.</param>
    /// <param name="origin">Its run at the point.</param>
    /// <param name="gradientOf">The input by which it is a derivative already.</param>
    private void Compare(Func<Node[], Node> f, FreshTrace origin, int? gradientOf)
    {
        var numerical = new (NDArray<double> Values, double[] Rounding)[_inputs.Length];
        for (var i = 0; i < _inputs.Length; i++)
        {
            numerical[i] = Differences(f, origin, i);
        }

        var reverse = _options.Modes.HasFlag(GradCheckModes.Reverse) ? Exact(JacobianMode.Reverse) : null;
        var forward = _options.Modes.HasFlag(GradCheckModes.Forward) ? Exact(JacobianMode.Forward) : null;
        if (reverse is not null && forward is not null)
        {
            var errors = reverse.Zip(forward, (x, y) => GradCheckComparison.RelativeErrorOf<double>(x.Data, y.Data));
            ModeError = Math.Max(ModeError ?? 0, GradCheckReport.LargestOf(errors));
        }

        NDArray<double>[] Exact(JacobianMode mode)
        {
            var blocks = Array.ConvertAll(Jacobians.Full(Operation, f, _inputs, mode), block => (NDArray<double>)block);
            for (var i = 0; i < blocks.Length; i++)
            {
                var (input, block) = (i, blocks[i]);
                string Name(int place) => ElementOf(block.Shape, place, gradientOf, input);
                if (Array.FindIndex(block.Data.ToArray(), value => !double.IsFinite(value)) is >= 0 and var place)
                {
                    var value = FormattableString.Invariant($"{block.Data[place]}");
                    NonFinite ??= $"{Name(place)} is {value} in {mode.ToString().ToLowerInvariant()} mode";
                }

                var order = gradientOf is null ? 1 : 2;
                var name = gradientOf is { } first ? $"∂²f/∂{_names[first]}∂{_names[i]}" : $"∂f/∂{_names[i]}";
                var (values, rounding) = numerical[i];
                _comparisons.Add(GradCheckComparison.Of(name, order, mode, block, values, rounding, _options, Name));
            }

            return blocks;
        }
    }

    /// <summary>The differences by one input, and for each of its elements how far rounding may have led them astray.</summary>
    private (NDArray<double> Values, double[] Rounding) Differences(Func<Node[], Node> f, FreshTrace origin, int input)
    {
        var point = _inputs[input].Data;
        var shape = Shape.Create([.. origin.Shape, .. _inputs[input].Shape]);
        var (values, rounding) = (new double[shape.ElementCount], new double[point.Length]);
        for (var i = 0; i < point.Length; i++)
        {
            string Element() => ElementName.Of(_names[input], _inputs[input].Shape, i);
            var wanted = _options.Epsilon * Math.Max(1, Math.Abs(point[i]) / 1e4);
            var step = Steps.At(Operation, _stencil, point[i], wanted, Element, nameof(GradCheckOptions.Epsilon));
            rounding[i] = Rounding * origin.Scale / step;
            var column = _stencil.Along(moved => At(f, origin, input, i, moved), point[i], step, origin.Values);
            for (var row = 0; row < column.Length; row++)
            {
                values[(row * point.Length) + i] = column[row];
            }
        }

        return (new NDArray<double>(values, shape), rounding);
    }

    /// <summary>The values of a fresh run with one element moved; what is unusual about it is kept.</summary>
    private double[] At(Func<Node[], Node> f, FreshTrace origin, int input, int element, double moved)
    {
        var inputs = (NDArray<double>[])_inputs.Clone();
        var values = inputs[input].ToArray();
        values[element] = moved;
        inputs[input] = new NDArray<double>(values, inputs[input].Shape);
        var trace = FreshTrace.Run(Operation, f, inputs);

        string Place() => FormattableString.Invariant(
            $"{ElementName.Of(_names[input], inputs[input].Shape, element)} = {moved:R} ({_inputs[input].Data[element]:R} at the point)");

        if (TraceDifference is null && trace.DifferenceFrom(origin) is { } difference)
        {
            TraceDifference = $"with {Place()} {difference.Text}";
        }

        if (trace.Shape != origin.Shape)
        {
            return [.. Enumerable.Repeat(double.NaN, origin.Values.Length)];
        }

        if (OutOfDomain is null && Array.FindIndex(trace.Values, value => !double.IsFinite(value)) is >= 0 and var place)
        {
            OutOfDomain = FormattableString.Invariant($"{ElementName.Of("f", trace.Shape, place)} is {trace.Values[place]} with {Place()}");
        }

        return trace.Values;
    }

    /// <summary><c>∂f[2]/∂x[0]</c>: a place in a block as it is written.</summary>
    private string ElementOf(Shape block, int place, int? gradientOf, int input)
    {
        var index = ElementName.Index(block, place).AsSpan();
        var parts = new List<string>();
        var numerator = Take("f", _output.Rank, ref index);
        if (gradientOf is { } first)
        {
            parts.Add(Take(_names[first], _inputs[first].Rank, ref index));
        }

        parts.Add(Take(_names[input], _inputs[input].Rank, ref index));
        return $"∂{(parts.Count == 2 ? "²" : "")}{numerator}/{string.Concat(parts.Select(part => "∂" + part))}";

        static string Take(string name, int rank, ref Span<int> index)
        {
            var text = rank == 0 ? name : name + Shape.Format(index[..rank]);
            index = index[rank..];
            return text;
        }
    }
}
