using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Bench.Peers;

/// <summary>PyTorch in a process of its own, which runs a workload whenever it is named.</summary>
internal sealed class Torch : IDisposable
{
    private static readonly string[] s_pythons = ["python3", "/usr/bin/python3"];
    private readonly Process _process;

    private static Lazy<Torch?> s_shared = new(Start);

    private Torch(Process process, string version) => (_process, Version) = (process, version);

    /// <summary>The one of this run, started when it is asked for; null where no Python has PyTorch.</summary>
    public static Torch? Shared => s_shared.Value;

    public string Version { get; }

    /// <summary>Ends the one of this run.</summary>
    public static void Stop()
    {
        if (s_shared.IsValueCreated)
        {
            s_shared.Value?.Dispose();
            s_shared = new(Start);
        }
    }

    private static Torch? Start()
    {
        foreach (var python in s_pythons)
        {
            var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Peers", "torch_peer.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            try
            {
                var process = Process.Start(start)!;
                if (process.StandardOutput.ReadLine() is { } version)
                {
                    process.ErrorDataReceived += (_, _) => { };
                    process.BeginErrorReadLine();
                    return new Torch(process, version);
                }

                process.WaitForExit();
                process.Dispose();
            }
            catch (Win32Exception)
            {
                // No such Python: the next may be there.
            }
        }

        return null;
    }

    /// <summary>One sample of a workload, a function of the script and its arguments, in nanoseconds a call.</summary>
    public double Sample(string workload)
    {
        _process.StandardInput.WriteLine(workload);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"PyTorch failed at {workload}.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
