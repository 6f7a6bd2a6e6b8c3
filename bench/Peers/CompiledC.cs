using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bench.Peers;

/// <summary>Peers in C, compiled on demand where gcc is installed.</summary>
internal static class CompiledC
{
    /// <summary>The library made of a file beside this one; 0 without gcc.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="options">What gcc is told of optimisation.</param>
    public static nint Load(string file, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("grad-bench-").FullName;
        try
        {
            var library = Path.Combine(folder, Path.ChangeExtension(file, "so"));
            var start = new ProcessStartInfo("gcc") { RedirectStandardError = true };
            foreach (var argument in (string[])[.. options, "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Peers", file)])
            {
                start.ArgumentList.Add(argument);
            }

            using var gcc = Process.Start(start)!;
            var errors = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            if (gcc.ExitCode == 0)
            {
                return NativeLibrary.Load(library);
            }

            Console.WriteLine($"gcc cannot compile {file}: {errors}");
        }
        catch (Win32Exception)
        {
            // Without gcc.
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }
}
