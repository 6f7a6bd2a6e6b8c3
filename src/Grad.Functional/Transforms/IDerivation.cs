namespace Grad.Functional;

/// <summary>
/// What an operator of Ad makes of a recording, graph to graph: it may be computed straight from the nodes, or planned. In a plan placeholders
/// stand for all values, so that it may look at none: what it computes with it is given as a seed.
/// </summary>
internal interface IDerivation
{
    /// <summary>
    /// Whether it is made many times of one recording: that one's own values are at hand then, to be used again. Else a plan computes from the
    /// inputs alone.
    /// </summary>
    bool UsesValues => false;

    /// <summary>Adds what tells it from others that make something else of the same recording.</summary>
    void Describe(OpKey key);

    /// <summary>The results as nodes; null for a structural zero.</summary>
    /// <param name="recording">The call whose recording it is.</param>
    /// <param name="output">What the function returned.</param>
    /// <param name="inputs">The beginnings.</param>
    /// <param name="seeds">The operator's other arguments.</param>
    Node?[] Derive(Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds);

    /// <summary>The same where nobody derives further: the values of the results, or nodes that have none yet.</summary>
    /// <param name="order">The order of the recording; null if it has not been found.</param>
    /// <param name="recording">The call whose recording it is.</param>
    /// <param name="output">What the function returned.</param>
    /// <param name="inputs">The beginnings.</param>
    /// <param name="seeds">The operator's other arguments.</param>
    Node?[] Compute(RecordingKey? order, Recording recording, Node output, Node[] inputs, ReadOnlySpan<Node> seeds) => Derive(recording, output, inputs, seeds);
}
