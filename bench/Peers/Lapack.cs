using System.Runtime.InteropServices;

namespace Bench.Peers;

/// <summary>LAPACK as OpenBLAS brings it, on one thread, where that is installed; matrices by columns.</summary>
internal static unsafe class Lapack
{
    private static readonly nint s_library = OpenBlas.IsInstalled ? NativeLibrary.Load("libopenblas.so.0") : 0;

    private static readonly delegate* unmanaged<byte*, int*, double*, int*, int*, void> s_dpotrf =
        (delegate* unmanaged<byte*, int*, double*, int*, int*, void>)Symbol("dpotrf_");

    private static readonly delegate* unmanaged<int*, int*, double*, int*, int*, int*, void> s_dgetrf =
        (delegate* unmanaged<int*, int*, double*, int*, int*, int*, void>)Symbol("dgetrf_");

    private static readonly delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void> s_dgeqrf =
        (delegate* unmanaged<int*, int*, double*, int*, double*, double*, int*, int*, void>)Symbol("dgeqrf_");

    private static readonly delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void> s_dsyevd =
        (delegate* unmanaged<byte*, byte*, int*, double*, int*, double*, double*, int*, int*, int*, int*, void>)Symbol("dsyevd_");

    private static readonly delegate* unmanaged<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void> s_dgesdd =
        (delegate* unmanaged<byte*, int*, int*, double*, int*, double*, double*, int*, double*, int*, double*, int*, int*, int*, void>)Symbol("dgesdd_");

    public static bool IsInstalled => s_library != 0;

    /// <summary>Cholesky's factor of a matrix that begins at a place.</summary>
    public static void Cholesky(int n, Span<double> a)
    {
        int info;
        var lower = (byte)'L';
        fixed (double* pa = a)
        {
            s_dpotrf(&lower, &n, pa, &n, &info);
        }
    }

    /// <summary>The factors by partial pivoting.</summary>
    public static void Lu(int n, Span<double> a, Span<int> pivots)
    {
        int info;
        fixed (double* pa = a)
        fixed (int* pp = pivots)
        {
            s_dgetrf(&n, &n, pa, &n, pp, &info);
        }
    }

    /// <summary>The factors by reflections.</summary>
    public static void Qr(int n, Span<double> a, Span<double> tau, double[] work)
    {
        int info, length = work.Length;
        fixed (double* pa = a, pt = tau, pw = work)
        {
            s_dgeqrf(&n, &n, pa, &n, pt, pw, &length, &info);
        }
    }

    /// <summary>Eigenvalues and vectors of a symmetric matrix, by division.</summary>
    public static void Eigen(int n, double[] a, double[] values, double[] work, int[] places)
    {
        int info, length = work.Length, count = places.Length;
        byte vectors = (byte)'V', lower = (byte)'L';
        fixed (double* pa = a, pv = values, pw = work)
        fixed (int* pp = places)
        {
            s_dsyevd(&vectors, &lower, &n, pa, &n, pv, pw, &length, pp, &count, &info);
        }
    }

    /// <summary>Singular values and vectors, by division.</summary>
    public static void Svd(int n, double[] a, double[] values, double[] u, double[] vt, double[] work, int[] places)
    {
        int info, length = work.Length;
        var thin = (byte)'S';
        fixed (double* pa = a, ps = values, pu = u, pv = vt, pw = work)
        fixed (int* pp = places)
        {
            s_dgesdd(&thin, &n, &n, pa, &n, ps, pu, &n, pv, &n, pw, &length, pp, &info);
        }
    }

    private static nint Symbol(string name) => s_library == 0 ? 0 : NativeLibrary.GetExport(s_library, name);
}
