namespace Grad.Functional;

/// <summary>What an input gets that the output does not depend on.</summary>
public enum UnusedInputs
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>An error.</summary>
    Throw,
}
