namespace Grad.Functional;

/// <summary>What an operator of Ad makes of a recording, graph to graph: it may be computed straight from the nodes, or planned.</summary>
internal interface IDerivation
{
    /// <summary>Adds what tells it from others that make something else of the same recording.</summary>
    void Describe(OpKey key);

    /// <summary>The results as nodes; null for a structural zero.</summary>
    /// <param name="recording">The call whose recording it is.</param>
    /// <param name="output">What the function returned.</param>
    /// <param name="inputs">The beginnings.</param>
    /// <param name="seeds">The operator's other arguments.</param>
    Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds);
}
