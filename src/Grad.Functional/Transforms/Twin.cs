namespace Grad.Functional;

/// <summary>Nodes over again.</summary>
internal static class Twin
{
    /// <summary>The same op with the same result, on other operands of the same shapes and types.</summary>
    public static Node Of(Node node, Node[] operands) => operands.Length switch
    {
        1 => node.MakeLazy(node.Op!, node.Shape, operands[0]),
        2 => node.Make(node.Op!, node.Shape, operands[0], operands[1]),
        _ => node.Make(node.Op!, node.Shape, operands),
    };
}
