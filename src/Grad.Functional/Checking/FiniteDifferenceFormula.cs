namespace Grad.Functional;

/// <summary>How a derivative is estimated from values of the function near a point.</summary>
public enum FiniteDifferenceFormula
{
    /// <summary>(f(x + h) − f(x)) / h. Error of order h; two values.</summary>
    Forward,

    /// <summary>(f(x) − f(x − h)) / h. Error of order h; two values.</summary>
    Backward,

    /// <summary>(f(x + h) − f(x − h)) / 2h. Error of order h²; two values.</summary>
    Central,

    /// <summary>(f(x − 2h) − 8f(x − h) + 8f(x + h) − f(x + 2h)) / 12h. Error of order h⁴; four values.</summary>
    FivePoint,
}
