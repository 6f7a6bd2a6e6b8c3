using System.Reflection;
using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>No op escapes the laws: what is not in the catalog has no rule of its own that a law could try.</summary>
public class CatalogIsComplete
{
    [Fact]
    public void Every_op_has_samples_or_no_rules_to_try()
    {
        foreach (var op in OpCatalog.Ops.Where(op => op.Namespace == typeof(Op).Namespace))
            Assert.True(HasSamples(op) || HasNoRules(op), $"{op.Name} has rules but no Samples: implement IOpDefinition.");
    }

    [Fact]
    public void Every_definition_gives_samples_of_its_own_op()
    {
        foreach (var definition in OpCatalog.Definitions)
        {
            var samples = OpCatalog.Read(definition);
            Assert.NotEmpty(samples);
            Assert.All(samples, sample => Assert.True(
                sample.Op.GetType() == definition || sample.Op.GetType().GenericTypeArguments.Contains(definition),
                $"A sample of {definition.Name} is of {sample.Op.GetType()}."));
        }
    }

    [Fact]
    public void Every_function_on_lanes_is_a_definition() =>
        Assert.Empty(typeof(Op).Assembly.GetTypes()
            .Where(type => type.IsValueType && (typeof(IUnaryOp).IsAssignableFrom(type) || typeof(IBinaryOp).IsAssignableFrom(type)))
            .Except(OpCatalog.Definitions));

    /// <summary>A body that is left a call, with lanes as large as several vectors passed through memory, is two to ten times slower.</summary>
    [Fact]
    public void Bodies_of_functions_are_inlined_into_loops() =>
        Assert.DoesNotContain(
            typeof(Op).Assembly.GetTypes()
                .Where(type => type.IsValueType && (typeof(IUnaryOp).IsAssignableFrom(type) || typeof(IBinaryOp).IsAssignableFrom(type))),
            type => (type.GetMethod("Eval")!.MethodImplementationFlags & MethodImplAttributes.AggressiveInlining) == 0);

    // An adapter's rules are tried through each of the functions that it adapts.
    private static bool HasSamples(Type op) =>
        typeof(IOpDefinition).IsAssignableFrom(op)
        || op.GetGenericArguments().SelectMany(parameter => parameter.GetGenericParameterConstraints()).Any(typeof(IOpDefinition).IsAssignableFrom);

    // A constant has no derivative, a leaf is an identity, what plans are made of has no rules: all seal them. A cast changes the element type,
    // which no sample can: CastIsLinear tries it.
    private static bool HasNoRules(Type op) =>
        Array.Exists([typeof(ConstantOp), typeof(PlanOp), typeof(LeafOp), typeof(ICast)], kind => kind.IsAssignableFrom(op));
}
