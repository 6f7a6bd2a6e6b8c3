namespace Grad.Functional;

/// <summary>
/// A float32 function as one of float64, with no change to the user's code: it is traced afresh on the nearest float32 numbers, and that
/// trace is evaluated in float64 on the exact ones.
/// </summary>
internal static class WideFunction
{
    /// <param name="operation">The operator's name in messages.</param>
    /// <param name="f">The float32 function.</param>
    public static Func<Node[], Node> Of(string operation, Func<Node[], Node> f) => wide =>
    {
        // Plain numbers, not casts of the traced ones: no derivative is to flow through the rounding.
        var narrow = Array.ConvertAll(wide, x => (Node)Nearest((NDArray<double>)x));
        using var call = Call.Run(operation, f, narrow);
        return Replay.Widen(call.Inputs, wide, call.Output);
    };

    private static NDArray<float> Nearest(NDArray<double> wide) => new(Array.ConvertAll(wide.Data.ToArray(), x => (float)x), wide.Shape);
}
