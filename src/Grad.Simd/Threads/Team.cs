using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>
/// Spreads work over the caller's thread and some of the pool's. Nothing of the work may depend on who does which piece, so that the number of threads
/// changes no bit.
/// </summary>
/// <remarks>
/// The caller begins alone, and calls others once it sees by the clock that what is left is long enough to be worth it: small work never leaves its
/// thread, whatever it consists of. Work begun from inside a piece stays on that thread.
/// </remarks>
internal static unsafe class Team
{
    /// <summary>Whether this thread does a piece of something.</summary>
    [ThreadStatic]
    internal static bool IsInside;

    /// <summary>Whether others are called on this thread without a look at the clock: for tests, which have little work and must not wait.</summary>
    [ThreadStatic]
    internal static bool CallsAtOnce;

    /// <summary>Does all pieces.</summary>
    /// <param name="work">The work.</param>
    /// <param name="pieces">The pieces; each is worth some microseconds, and there are several times as many as threads.</param>
    /// <param name="degree">The most threads, the caller's among them.</param>
    /// <param name="token">Ends the work between pieces.</param>
    /// <param name="isLong">Whether it is known that the work is worth calling others for.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before all pieces were begun.</exception>
    public static void Run<TWork>(scoped TWork work, int pieces, int degree, CancellationToken token = default, bool isLong = false)
        where TWork : struct, ITeamWork, allows ref struct
    {
        scoped var share = new TeamShare(pieces, token);
        if (degree <= 1 || pieces <= 1 || IsInside)
        {
            work.Work(ref share);
            return;
        }

        // The work is a parameter, so it stands on this stack, and nobody looks at it after the end.
        long start = isLong || CallsAtOnce ? 0 : Stopwatch.GetTimestamp();
        share = new TeamShare(pieces, token, degree, start, Unsafe.AsPointer(ref work), &Work<TWork>);
        IsInside = true;
        try
        {
            try
            {
                work.Work(ref share);
            }
            catch (Exception exception) when (share.Job is not null)
            {
                share.Job.Fail(share.Piece, exception);
            }

            share.Job?.Finish();
        }
        finally
        {
            IsInside = false;
        }
    }

    private static void Work<TWork>(void* work, ref TeamShare share) where TWork : struct, ITeamWork, allows ref struct =>
        Unsafe.AsRef<TWork>(work).Work(ref share);
}
