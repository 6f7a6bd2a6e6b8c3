namespace Grad.Functional;

/// <summary>
/// Large workspaces, which all plans share: fresh memory costs more than many a computation in it, and every plan that kept its own would
/// keep too much.
/// </summary>
internal static class WorkspacePool
{
    // What is kept for later; more goes back to the system.
    private const long MaxKept = 1L << 28;

    private static readonly Lock s_lock = new();
    private static readonly List<Workspace> s_kept = [];
    private static long s_bytes;

    /// <summary>A workspace of this size or more.</summary>
    public static Workspace Rent(long size)
    {
        lock (s_lock)
        {
            var best = -1;
            for (var i = 0; i < s_kept.Count; i++)
            {
                if (s_kept[i].Capacity >= size && (best < 0 || s_kept[i].Capacity < s_kept[best].Capacity))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                var kept = s_kept[best];
                s_kept.RemoveAt(best);
                s_bytes -= kept.Capacity;
                return kept;
            }
        }

        return new Workspace(size);
    }

    /// <summary>Gives it back. The one not used for longest goes when there are too many.</summary>
    public static void Return(Workspace workspace)
    {
        lock (s_lock)
        {
            s_kept.Add(workspace);
            s_bytes += workspace.Capacity;
            while (s_bytes > MaxKept)
            {
                s_bytes -= s_kept[0].Capacity;
                s_kept[0].Dispose();
                s_kept.RemoveAt(0);
            }
        }
    }
}
