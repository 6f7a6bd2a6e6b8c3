using Xunit.Abstractions;

namespace Properties.Laws;

/// <summary>A sample of the catalog with an element type, by name, as xunit carries it from discovery to the run.</summary>
public sealed class OpCase : IXunitSerializable
{
    [Obsolete("Called by the deserializer of xunit only.")]
    public OpCase()
        : this("", isFloat: false)
    {
    }

    public OpCase(string op, bool isFloat) => (Op, IsFloat) = (op, isFloat);

    /// <summary>The name in the catalog.</summary>
    public string Op { get; private set; }

    /// <summary>Whether elements are floats; else doubles.</summary>
    public bool IsFloat { get; private set; }

    public void Deserialize(IXunitSerializationInfo info)
    {
        Op = info.GetValue<string>(nameof(Op));
        IsFloat = info.GetValue<bool>(nameof(IsFloat));
    }

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue(nameof(Op), Op);
        info.AddValue(nameof(IsFloat), IsFloat);
    }

    public override string ToString() => $"{Op}, {(IsFloat ? "float" : "double")}";
}
