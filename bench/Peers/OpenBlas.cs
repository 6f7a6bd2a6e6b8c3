using System.Runtime.InteropServices;

namespace Bench.Peers;

/// <summary>OpenBLAS on one thread, where it is installed.</summary>
internal static unsafe class OpenBlas
{
    private const int RowMajor = 101, NoTranspose = 111;

    private static readonly nint s_library = Load();

    private static readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> s_sgemm =
        (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)Symbol("cblas_sgemm");

    private static readonly delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> s_dgemm =
        (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)Symbol("cblas_dgemm");

    public static bool IsInstalled => s_library != 0;

    /// <summary>C = A·B of n x n matrices.</summary>
    public static void Gemm(int n, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        fixed (float* pa = a, pb = b, pc = c)
        {
            s_sgemm(RowMajor, NoTranspose, NoTranspose, n, n, n, 1, pa, n, pb, n, 0, pc, n);
        }
    }

    /// <inheritdoc cref="Gemm(int, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public static void Gemm(int n, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        fixed (double* pa = a, pb = b, pc = c)
        {
            s_dgemm(RowMajor, NoTranspose, NoTranspose, n, n, n, 1, pa, n, pb, n, 0, pc, n);
        }
    }

    private static nint Load()
    {
        if (!NativeLibrary.TryLoad("libopenblas.so.0", out var library))
        {
            return 0;
        }

        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
        return library;
    }

    private static nint Symbol(string name) => s_library == 0 ? 0 : NativeLibrary.GetExport(s_library, name);
}
