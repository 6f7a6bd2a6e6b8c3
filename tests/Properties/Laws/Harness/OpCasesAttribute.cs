using System.Reflection;
using Xunit.Sdk;

namespace Properties.Laws;

/// <summary>The data of a law's theory: every sample of the catalog that the law has a meaning for, with every element type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpCasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        var law = (OpLaw)Activator.CreateInstance(testMethod.ReflectedType!)!;
        return
            from sample in OpCatalog.Samples
            from isFloat in new[] { false, true }
            where law.AppliesTo(sample.Value, isFloat)
            select new object[] { new OpCase(sample.Key, isFloat) };
    }
}
