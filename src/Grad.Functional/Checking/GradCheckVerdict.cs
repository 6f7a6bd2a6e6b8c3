namespace Grad.Functional;

/// <summary>What a check comes to.</summary>
public enum GradCheckVerdict
{
    /// <summary>Relative error below 1e-7: as close as differences can tell.</summary>
    Correct,

    /// <summary>Relative error from 1e-7 to 1e-5: right in all likelihood.</summary>
    ProbablyCorrect,

    /// <summary>Relative error from 1e-5 to 1e-3, or two modes that disagree slightly.</summary>
    Suspicious,

    /// <summary>Relative error above 1e-3: the derivative is not that of the function, or the function has a kink here.</summary>
    Wrong,

    /// <summary>All disagreement lies within the rounding error of the differences, which so decide nothing.</summary>
    StepTooSmall,

    /// <summary>
    /// The disagreement falls with the step as the error of the formula does: it is that error, and the derivative is right.
    /// </summary>
    StepTooLarge,

    /// <summary>
    /// The function does something else next to the point: it read a value out of an array, which is a constant to its derivative, but not
    /// to the function.
    /// </summary>
    TraceDiffers,

    /// <summary>The function is finite at the point, but not at one next to it.</summary>
    OutOfDomain,

    /// <summary>The function or its derivative is not finite at the point.</summary>
    NonFinite,

    /// <summary>The function gave other values when it was called again at the same point.</summary>
    NonDeterministic,
}
