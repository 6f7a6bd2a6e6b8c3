namespace Grad.Functional;

/// <summary>How a Jacobian is put together.</summary>
public enum JacobianMode
{
    /// <summary>Whichever mode needs fewer passes.</summary>
    Auto,

    /// <summary>Column by column: one tangent for each input element.</summary>
    Forward,

    /// <summary>Row by row: one cotangent for each output element.</summary>
    Reverse,
}
