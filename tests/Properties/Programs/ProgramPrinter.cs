using System.Globalization;
using System.Text;
using Grad.Functional;

namespace Properties.Programs;

/// <summary>Writes a program as C# that one can read, and with the functions of NDMath nearly run.</summary>
internal static class ProgramPrinter
{
    private static readonly Dictionary<string, string> s_symbols = new()
    {
        ["Add"] = "+",
        ["Subtract"] = "-",
        ["Multiply"] = "*",
        ["Divide"] = "/",
        ["Remainder"] = "%",
        ["LessThan"] = "<",
        ["LessThanOrEqual"] = "<=",
        ["Equal"] = "==",
        ["And"] = "&",
        ["Or"] = "|",
        ["Xor"] = "^",
    };

    public static string Print(Program program, double[] at)
    {
        var inputs = program.Arrays(at);
        var values = program.Run(inputs);
        var text = new StringBuilder();
        for (var i = 0; i < inputs.Length; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"NDArray<double> {Name(i)} = {Literal(inputs[i])};");
        }

        var parameters = string.Join(", ", Enumerable.Range(0, inputs.Length).Select(i => $"NDArray<double> {Name(i)}"));
        text.AppendLine(CultureInfo.InvariantCulture, $"static NDArray<double> F({parameters})").AppendLine("{");
        for (var place = inputs.Length; place < program.Places; place++)
        {
            var step = program.Steps[place - inputs.Length];
            if (step.Op is not null || step.Constant!.Rank > 0)
            {
                text.AppendLine($"    var {Name(place)} = {Expression(step)};{Comment(step, values[place])}");
            }
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"    return {Name(program.Places - 1)};").AppendLine("}").ToString();

        string Expression(Step step)
        {
            var operands = Array.ConvertAll(step.Operands, Operand);
            return step.Op is null ? Literal(step.Constant!)
                : operands.Length == 2 && s_symbols.TryGetValue(step.Op.Name, out var symbol) ? $"{operands[0]} {symbol} {operands[1]}"
                : step.Op is NotOp ? $"!{operands[0]}"
                : $"{step.Op.Name}({string.Join(", ", operands)})";
        }

        string Operand(int place)
        {
            var step = place < inputs.Length ? null : program.Steps[place - inputs.Length];
            return step is { Op: null, Constant: { Rank: 0 } constant } ? Literal(constant) : Name(place);
        }

        string Name(int place) =>
            place < inputs.Length ? ((char)('a' + place)).ToString() : FormattableString.Invariant($"v{place - inputs.Length + 1}");
    }

    /// <summary>The elements of a point, in the order of the inputs, for messages.</summary>
    public static string Format(ReadOnlySpan<double> values) => string.Join(", ", values.ToArray().Select(Number));

    private static string Comment(Step step, Node value) =>
        step.Op is null ? "" : $"  // {(step.Op.Attributes.Length == 0 ? "" : step.Op.Attributes + " → ")}{value.Shape}";

    private static string Literal(NDArray<double> array) => array.Rank switch
    {
        0 => Number(array.ToScalar()),
        1 => $"[{Format(array.AsSpan())}]",
        _ => $"NDArray.Create<double>([{Format(array.AsSpan())}], {array.Shape})",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
