using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bench.Peers;

/// <summary>
/// The vector functions of libmvec or SLEEF, at the width that the process has. Their loops are C, compiled where gcc is installed.
/// </summary>
internal sealed unsafe class VectorLibrary
{
    private static readonly string[] s_mvec = ["libmvec.so.1"];
    private static readonly string[] s_sleef = ["libsleef.so.3", "libsleef.so"];
    private static readonly Lazy<nint> s_loops = new(() => CompiledC.Load("vector_peer.c", "-O2"));

    private readonly nint _library;
    private readonly Func<string, int, bool, string> _symbol;

    private VectorLibrary(string[] files, Func<string, int, bool, string> symbol)
    {
        _symbol = symbol;
        foreach (var file in files)
        {
            if (s_loops.Value != 0 && Width != 0 && NativeLibrary.TryLoad(file, out _library))
            {
                return;
            }
        }
    }

    public static VectorLibrary Mvec { get; } = new(s_mvec, MvecSymbol);

    /// <summary>Its functions of at most one unit in the last place.</summary>
    public static VectorLibrary Sleef { get; } = new(s_sleef, SleefSymbol);

    public bool IsInstalled => _library != 0;

    private static int Width => Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 0;

    /// <summary><c>z[i] = f(x[i], y[i])</c> by the function of that name in C, or null where there is none.</summary>
    public Action? Loop<T>(string function, Lazy<T[]> x, Lazy<T[]>? y, Lazy<T[]> z)
        where T : unmanaged
    {
        var isFloat = typeof(T) == typeof(float);
        if (_library == 0 || !NativeLibrary.TryGetExport(_library, _symbol(function, y is null ? 1 : 2, isFloat), out var f))
        {
            return null;
        }

        var export = NativeLibrary.GetExport(s_loops.Value, $"{(isFloat ? "f32" : "f64")}_{Width}_{(y is null ? 1 : 2)}");
        var loop = (delegate* unmanaged<nint, T*, T*, T*, nint, void>)export;
        return () =>
        {
            fixed (T* px = x.Value, py = y?.Value, pz = z.Value)
            {
                loop(f, px, py, pz, x.Value.Length);
            }
        };
    }

    private static string MvecSymbol(string function, int operands, bool isFloat) =>
        $"_ZGV{(Width == 64 ? 'e' : 'd')}N{Width / (isFloat ? 4 : 8)}{new string('v', operands)}_{function}{(isFloat ? "f" : "")}";

    private static string SleefSymbol(string function, int operands, bool isFloat) =>
        $"Sleef_{function}{(isFloat ? 'f' : 'd')}{Width / (isFloat ? 4 : 8)}_{(function == "erfc" ? "u15" : "u10")}{(Width == 64 ? "avx512f" : "avx2")}";
}
