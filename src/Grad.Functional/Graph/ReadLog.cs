using System.Diagnostics;

namespace Grad.Functional;

/// <summary>
/// Knows of values read out of traced arrays. While a function runs only a count is kept; after a fault the function runs once more
/// with a listener, and each read is kept with the place it came from.
/// </summary>
internal static class ReadLog
{
    private static readonly AsyncLocal<List<(Node Node, StackTrace Place)>?> s_listener = new();
    private static int s_listeners;
    private static long s_reads;

    /// <summary>How many traced values were read so far, anywhere; only its change means something.</summary>
    public static long Reads => Volatile.Read(ref s_reads);

    /// <summary>Called by everything that hands a value of <paramref name="node"/> to the user.</summary>
    public static void Note(Node node)
    {
        if (!node.IsTraced)
        {
            return;
        }

        // Not interlocked: a lost count among many still leaves the total changed.
        Volatile.Write(ref s_reads, s_reads + 1);
        if (Volatile.Read(ref s_listeners) > 0 && s_listener.Value is { } reads)
        {
            lock (reads)
            {
                reads.Add((node, new StackTrace(2, fNeedFileInfo: true)));
            }
        }
    }

    /// <summary>Runs the function and returns what it read, with places; its own exceptions are its own.</summary>
    public static List<(Node Node, StackTrace Place)> Listen(Action function)
    {
        var outer = s_listener.Value;
        var reads = new List<(Node, StackTrace)>();
        s_listener.Value = reads;
        Interlocked.Increment(ref s_listeners);
        try
        {
            function();
        }
        finally
        {
            Interlocked.Decrement(ref s_listeners);
            s_listener.Value = outer;
        }

        return reads;
    }
}
