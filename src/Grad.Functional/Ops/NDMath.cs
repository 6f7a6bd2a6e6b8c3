namespace Grad.Functional;

/// <summary>
/// The functions on arrays. Each stands in the file of its op, with its formula, its accuracy and its gradient at kinks.
/// Meant for <c>using static Grad.Functional.NDMath;</c>.
/// </summary>
public static partial class NDMath;
