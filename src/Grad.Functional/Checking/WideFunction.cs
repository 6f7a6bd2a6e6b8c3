namespace Grad.Functional;

/// <summary>
/// A float32 function as one of float64, with no change to the user's code: it is traced afresh on the nearest float32 numbers, and that
/// trace is evaluated in float64 on the exact ones.
/// </summary>
internal static class WideFunction
{
    /// <param name="operation">The operator's name in messages.</param>
    /// <param name="f">The float32 function.</param>
    /// <param name="origin">The point that is checked.</param>
    public static Func<Node[], Node> Of(string operation, Func<Node[], Node> f, NDArray<float>[] origin) => wide =>
    {
        var narrow = new Node[wide.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            narrow[i] = Nearest((NDArray<double>)wide[i], origin[i]);
        }

        using var call = Call.Run(operation, f, narrow);
        return Replay.Widen(call.Inputs, wide, call.Output);
    };

    // A step may be too small to reach the next float32 number. The trace is taken there all the same: on its numbers nothing depends,
    // unless f reads them, and that is to be seen.
    private static NDArray<float> Nearest(NDArray<double> wide, NDArray<float> origin)
    {
        var (values, from) = (wide.Data, origin.Data);
        var nearest = new float[values.Length];
        for (var i = 0; i < nearest.Length; i++)
        {
            nearest[i] = (float)values[i];
            if (nearest[i] == from[i] && values[i] != from[i])
            {
                nearest[i] = values[i] > from[i] ? float.BitIncrement(from[i]) : float.BitDecrement(from[i]);
            }
        }

        return new NDArray<float>(nearest, origin.Shape);
    }
}
