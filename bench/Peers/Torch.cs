using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Bench.Peers;

/// <summary>PyTorch in a process of its own, which runs a workload whenever it is named.</summary>
internal sealed class Torch : IDisposable
{
    private static readonly string[] s_pythons = ["python3", "/usr/bin/python3"];
    private readonly Process _process;

    private Torch(Process process, string version) => (_process, Version) = (process, version);

    public string Version { get; }

    /// <summary>Null where no Python has PyTorch.</summary>
    public static Torch? Start()
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

    /// <summary>One sample of a workload, in nanoseconds a call.</summary>
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
