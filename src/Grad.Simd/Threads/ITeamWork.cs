namespace Grad.Simd;

/// <summary>Work cut into pieces that may be done in any order, by any thread.</summary>
internal interface ITeamWork
{
    /// <summary>
    /// Does pieces, taken from the share until there are none left. Several threads call this at once, on one object; what a thread needs for itself,
    /// memory to work in above all, lives in this call.
    /// </summary>
    void Work(scoped ref TeamShare share);
}
