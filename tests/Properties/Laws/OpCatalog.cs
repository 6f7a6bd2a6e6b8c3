using System.Reflection;
using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>Every op of the library with all of its samples, found by reflection: who adds an op adds nothing here.</summary>
internal static class OpCatalog
{
    private static readonly Type[] s_types = typeof(Op).Assembly.GetTypes();

    /// <summary>The types that say how they want to be tried. One that is generic stands for all that it can be made over.</summary>
    public static IReadOnlyList<Type> Definitions { get; } =
        [.. s_types.Where(type => !type.IsInterface && !type.IsAbstract && typeof(IOpDefinition).IsAssignableFrom(type)).SelectMany(Close)];

    /// <summary>The samples by name; names are unique.</summary>
    public static IReadOnlyDictionary<string, OpSample> Samples { get; } = Name(Definitions.SelectMany(Read));

    /// <summary>Whether an op, that need not be a sample itself, adds up rounded terms.</summary>
    public static bool Accumulates(Op op) => s_accumulating.Contains(op.Name);

    /// <summary>Whether an op that is not elementwise has slopes of another kind than its values.</summary>
    public static bool IsCurved(Op op) => s_curved.Contains(op.Name);

    /// <summary>The op as one that is smooth in pieces only, or null.</summary>
    public static IPiecewise? Piecewise(Op op) => op is Mutant mutant ? Piecewise(mutant.Original) : op as IPiecewise;

    /// <summary>The types of op that can be made.</summary>
    public static IEnumerable<Type> Ops => s_types.Where(type => !type.IsAbstract && typeof(Op).IsAssignableFrom(type));

    /// <summary>The samples of a definition.</summary>
    public static OpSample[] Read(Type definition)
    {
        var read = typeof(OpCatalog).GetMethod(nameof(ReadStatic), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (OpSample[])read.MakeGenericMethod(definition).Invoke(null, null)!;
    }

    /// <summary>The type itself, or, if it is generic, what it makes of double, float and the types of the library.</summary>
    public static IEnumerable<Type> Close(Type type)
    {
        if (!type.ContainsGenericParameters)
            return [type];
        Assert.True(type.GetGenericArguments().Length == 1, $"{type} has several type parameters: teach the catalog to close it.");
        return s_types.Where(argument => !argument.ContainsGenericParameters).Append(typeof(double)).Append(typeof(float))
            .Where(argument => Satisfies(type.GetGenericArguments()[0], argument))
            .Select(argument => type.MakeGenericType(argument));
    }

    private static readonly HashSet<string> s_accumulating = Names(sample => sample.Accumulates);

    private static readonly HashSet<string> s_curved = Names(sample => sample.IsCurved);

    private static HashSet<string> Names(Func<OpSample, bool> hasFact) => [.. Samples.Values.Where(hasFact).Select(sample => sample.Op.Name)];

    private static bool Satisfies(Type parameter, Type argument)
    {
        bool isStruct = parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct && !argument.IsValueType)
            return false;
        var constraints = parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).ToArray();
        return constraints.Length > 0
            && constraints.All(constraint => !constraint.ContainsGenericParameters && constraint.IsAssignableFrom(argument));
    }

    private static OpSample[] ReadStatic<TDefinition>() where TDefinition : IOpDefinition => [.. TDefinition.Samples];

    private static Dictionary<string, OpSample> Name(IEnumerable<OpSample> samples)
    {
        var named = new Dictionary<string, OpSample>();
        foreach (var sample in samples)
        {
            string attributes = sample.Op.Attributes.Length > 0 ? $"({sample.Op.Attributes})" : "";
            string operands = sample.IsElementwise ? "" : " of " + string.Join(", ", sample.Operands.Select(operand => operand.Shape));
            string name = sample.Op.Name + attributes + operands;
            for (int i = 2; !named.TryAdd(name, sample); i++)
                name = $"{sample.Op.Name}{attributes}{operands} #{i}";
        }

        return named;
    }
}
