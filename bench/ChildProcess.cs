using System.Diagnostics;

namespace Bench;

/// <summary>This program once more, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>The lines that it prints when it is called with these arguments.</summary>
    public static string[] Lines(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start)!;
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return child.ExitCode == 0 ? lines : throw new InvalidOperationException($"A process of {nameof(Bench)} ended with {child.ExitCode}.");
    }
}
