namespace Grad.Functional;

/// <summary>What one run does otherwise than another.</summary>
/// <param name="Text">In plain words.</param>
/// <param name="IsConstant">Whether it takes the same steps, with another constant or attribute.</param>
internal sealed record TraceDifference(string Text, bool IsConstant = false);
