using Grad.Functional;

namespace Properties.Engine;

/// <summary>Arrays compared to the bit.</summary>
internal static class NodeBits
{
    /// <summary>The bits of all elements. One NaN is as good as another: which payload survives is the processor's choice.</summary>
    public static string Of(Node node) => node switch
    {
        NDArray<double> x => string.Join(' ', Array.ConvertAll(x.ToArray(), y => Text(BitConverter.DoubleToInt64Bits(y), double.IsNaN(y)))),
        NDArray<float> x => string.Join(' ', Array.ConvertAll(x.ToArray(), y => Text(BitConverter.SingleToInt32Bits(y), float.IsNaN(y)))),
        _ => throw new NotSupportedException($"Bits of {node.ElementType.Name}."),
    };

    private static string Text(long bits, bool isNaN) => isNaN ? "NaN" : bits.ToString("X");
}
