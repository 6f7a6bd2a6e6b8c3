namespace Grad.Functional;

/// <summary>
/// Compiled functions on spans. The shapes are those of the example that a function was compiled for, else those of the last call of
/// Invoke. Nothing is allocated after the first run; results may be written over arguments.
/// A token takes the place of that of the options. When a run ends by it, or by any other exception, the spans of the results hold nothing
/// of use; the next run is not affected.
/// </summary>
public static unsafe partial class CompiledExtensions
{
    extension<T>(Compiled<NDArray<T>, NDArray<T>> compiled) where T : unmanaged
    {
        /// <summary>Computes into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(ReadOnlySpan<T> x, Span<T> result, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, pr = result)
            {
                compiled.Core.Run([(nint)px], [x.Length], [(nint)pr], [result.Length], cancellationToken);
            }
        }
    }

    extension<T>(Compiled<NDArray<T>, (NDArray<T>, NDArray<T>)> compiled) where T : unmanaged
    {
        /// <summary>Computes a pair, such as value and gradient, into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(ReadOnlySpan<T> x, Span<T> value, Span<T> grad, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, pv = value, pg = grad)
            {
                compiled.Core.Run([(nint)px], [x.Length], [(nint)pv, (nint)pg], [value.Length, grad.Length], cancellationToken);
            }
        }
    }

    extension<T>(Compiled<NDArray<T>, NDArray<T>, NDArray<T>> compiled) where T : unmanaged
    {
        /// <summary>Computes into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> result, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, py = y, pr = result)
            {
                compiled.Core.Run([(nint)px, (nint)py], [x.Length, y.Length], [(nint)pr], [result.Length], cancellationToken);
            }
        }
    }

    extension<T>(Compiled<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> compiled) where T : unmanaged
    {
        /// <summary>Computes into the caller's memory.</summary>
        /// <exception cref="InvalidOperationException">No shapes are known yet.</exception>
        /// <exception cref="ArgumentException">A span has not as many elements as its shape.</exception>
        /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
        public void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> result, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(compiled);
            fixed (T* px = x, py = y, pz = z, pr = result)
            {
                compiled.Core.Run([(nint)px, (nint)py, (nint)pz], [x.Length, y.Length, z.Length], [(nint)pr], [result.Length], cancellationToken);
            }
        }
    }
}
