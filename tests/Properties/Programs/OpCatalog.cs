using System.Reflection;
using Grad.Functional;

namespace Properties.Programs;

/// <summary>An op that can be drawn, with the ways to call it that it names itself.</summary>
internal sealed record OpDefinition(Type Type, OpSample[] Samples)
{
    public string Name => Samples[0].Op.Name;

    public bool IsElementwise => Samples.All(sample => sample.IsElementwise);
}

/// <summary>Everything that a random program is made of, found by reflection.</summary>
internal static class OpCatalog
{
    private const BindingFlags Anything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] s_types = typeof(IOpDefinition).Assembly.GetTypes();

    private static readonly Dictionary<string, (double Float, double Double)> s_ulp = [];

    private static readonly HashSet<string> s_accumulating;

    private static readonly Dictionary<string, Func<double[], double>> s_kinks = [];

    static OpCatalog()
    {
        Definitions =
        [
            .. s_types
                .Where(type => !type.IsInterface && typeof(IOpDefinition).IsAssignableFrom(type))
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => new OpDefinition(type, SamplesOf(type))),
        ];
        Drawn = [.. Definitions.SelectMany(definition => Enumerable.Repeat(definition, TakesMask(definition) ? 3 : 1))];
        Smooth =
        [
            .. Definitions
                .SelectMany(definition => definition.Samples)
                .Where(sample => sample is { IsElementwise: true, Kink: null, Operands: [{ IsReal: true }] }),
        ];
        Comparisons = Instances(typeof(ICompareOp), typeof(Compare<>));
        Connectives = Instances(typeof(IMaskOp), typeof(MaskBinary<>));
        s_accumulating = [.. Definitions.Where(definition => definition.Samples.Any(sample => sample.Accumulates)).Select(definition => definition.Name)];
        foreach (var sample in Definitions.SelectMany(definition => definition.Samples).Where(sample => sample.Kink is not null))
        {
            s_kinks[sample.Op.Name] = sample.Kink!;
        }

        foreach (var definition in Definitions.Where(definition => definition.IsElementwise || definition.Samples.Any(sample => sample.IsCurved)))
        {
            var samples = definition.Samples;
            s_ulp[definition.Name] = (samples.Max(sample => sample.MaxUlp.Float), samples.Max(sample => sample.MaxUlp.Double));
        }
    }

    /// <summary>The ops that define samples.</summary>
    public static IReadOnlyList<OpDefinition> Definitions { get; }

    /// <summary>What an op of a program is drawn from: the definitions, those that choose by a mask three times.</summary>
    public static IReadOnlyList<OpDefinition> Drawn { get; }

    /// <summary>The ways to call an elementwise op of one operand that has no kinks.</summary>
    public static IReadOnlyList<OpSample> Smooth { get; }

    /// <summary>The ops that make masks of numbers.</summary>
    public static IReadOnlyList<Op> Comparisons { get; }

    /// <summary>The ops that make one mask of two.</summary>
    public static IReadOnlyList<Op> Connectives { get; }

    /// <summary>The names that the report of what was drawn must show.</summary>
    public static IEnumerable<string> Names =>
        Definitions.Select(definition => definition.Name)
            .Concat(Comparisons.Concat(Connectives).Append(NotOp.Instance).Select(op => op.Name))
            .Order(StringComparer.Ordinal);

    /// <summary>The stated error of an elementwise or curved op in units in the last place; null for any other op.</summary>
    public static (double Float, double Double)? Ulp(Op op) => s_ulp.TryGetValue(op.Name, out var ulp) ? ulp : null;

    /// <summary>Whether an op adds up rounded terms.</summary>
    public static bool Accumulates(Op op) => s_accumulating.Contains(op.Name);

    /// <summary>Changes sign at, or is zero in, a kink of an elementwise op, which may be a jump; null for any other op.</summary>
    public static Func<double[], double>? Kink(Op op) => s_kinks.GetValueOrDefault(op.Name);

    private static bool TakesMask(OpDefinition definition) =>
        definition.Samples.Any(sample => sample.Operands.Any(operand => operand.Kind == OperandKind.Mask));

    private static OpSample[] SamplesOf(Type type)
    {
        var samples = type.GetProperty(nameof(IOpDefinition.Samples), Anything)
            ?? type.GetProperty($"{typeof(IOpDefinition).FullName}.{nameof(IOpDefinition.Samples)}", Anything);
        return [.. (IEnumerable<OpSample>)samples!.GetValue(null)!];
    }

    private static Op[] Instances(Type kind, Type adapter) =>
    [
        .. s_types
            .Where(type => type.IsValueType && kind.IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (Op)adapter.MakeGenericType(type).GetField("Default", Anything)!.GetValue(null)!),
    ];
}
