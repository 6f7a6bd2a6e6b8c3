namespace Grad.Functional;

/// <content>Values with the gradients of several arguments.</content>
public static unsafe partial class CompiledExtensions
{
    extension<T>(Compiled<NDArray<T>, NDArray<T>, (NDArray<T>, (NDArray<T>, NDArray<T>))> compiled) where T : unmanaged
    {
        /// <summary>Computes a value and its gradients into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(
            ReadOnlySpan<T> x,
            ReadOnlySpan<T> y,
            Span<T> value,
            Span<T> gradX,
            Span<T> gradY,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, py = y, pv = value, gx = gradX, gy = gradY)
            {
                compiled.Core.Run(
                    [(nint)px, (nint)py],
                    [x.Length, y.Length],
                    [(nint)pv, (nint)gx, (nint)gy],
                    [value.Length, gradX.Length, gradY.Length],
                    cancellationToken);
            }
        }
    }

    extension<T>(Compiled<NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>))> compiled) where T : unmanaged
    {
        /// <summary>Computes a value and its gradients into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(
            ReadOnlySpan<T> x,
            ReadOnlySpan<T> y,
            ReadOnlySpan<T> z,
            Span<T> value,
            Span<T> gradX,
            Span<T> gradY,
            Span<T> gradZ,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, py = y, pz = z, pv = value, gx = gradX, gy = gradY, gz = gradZ)
            {
                compiled.Core.Run(
                    [(nint)px, (nint)py, (nint)pz],
                    [x.Length, y.Length, z.Length],
                    [(nint)pv, (nint)gx, (nint)gy, (nint)gz],
                    [value.Length, gradX.Length, gradY.Length, gradZ.Length],
                    cancellationToken);
            }
        }
    }

    extension<T>(
        Compiled<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, (NDArray<T>, (NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>))> compiled)
        where T : unmanaged
    {
        /// <summary>Computes a value and its gradients into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(
            ReadOnlySpan<T> x,
            ReadOnlySpan<T> y,
            ReadOnlySpan<T> z,
            ReadOnlySpan<T> w,
            Span<T> value,
            Span<T> gradX,
            Span<T> gradY,
            Span<T> gradZ,
            Span<T> gradW,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, py = y, pz = z, pw = w, pv = value, gx = gradX, gy = gradY, gz = gradZ, gw = gradW)
            {
                compiled.Core.Run(
                    [(nint)px, (nint)py, (nint)pz, (nint)pw],
                    [x.Length, y.Length, z.Length, w.Length],
                    [(nint)pv, (nint)gx, (nint)gy, (nint)gz, (nint)gw],
                    [value.Length, gradX.Length, gradY.Length, gradZ.Length, gradW.Length],
                    cancellationToken);
            }
        }
    }
}
