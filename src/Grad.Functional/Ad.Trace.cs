using System.Numerics;

namespace Grad.Functional;

public static partial class Ad
{
    /// <summary>
    /// The graph that a function records: ops, shapes, inputs by the names of the function's parameters, shared nodes. Print it, or draw it with
    /// <see cref="GraphView.ToMermaid"/> or <see cref="GraphView.ToDot"/>.
    /// </summary>
    /// <param name="f">The function; it runs once. What it computes from constants alone appears as a constant.</param>
    /// <param name="x">Where to run it: plain C# control flow on values is followed, and the graph shows the path taken.</param>
    /// <exception cref="ArgumentException">f returns null.</exception>
    public static GraphView Trace<T>(Func<NDArray<T>, NDArray<T>> f, NDArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Trace(f, p => f((NDArray<T>)p[0]), x);

    /// <summary>The graph that a function of two inputs records.</summary>
    /// <inheritdoc cref="Trace{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T})"/>
    public static GraphView Trace<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Trace(f, p => f((NDArray<T>)p[0], (NDArray<T>)p[1]), x, y);

    /// <summary>The graph that a function of three inputs records.</summary>
    /// <inheritdoc cref="Trace{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T})"/>
    public static GraphView Trace<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Trace(f, p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2]), x, y, z);

    /// <summary>The graph that a function of four inputs records.</summary>
    /// <inheritdoc cref="Trace{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T})"/>
    public static GraphView Trace<T>(Func<NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>, NDArray<T>> f, NDArray<T> x, NDArray<T> y, NDArray<T> z, NDArray<T> w)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Trace(f, p => f((NDArray<T>)p[0], (NDArray<T>)p[1], (NDArray<T>)p[2], (NDArray<T>)p[3]), x, y, z, w);

    /// <summary>The graph that a function of an array of arrays records.</summary>
    /// <inheritdoc cref="Trace{T}(Func{NDArray{T}, NDArray{T}}, NDArray{T})"/>
    public static GraphView Trace<T>(Func<NDArray<T>[], NDArray<T>> f, NDArray<T>[] inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Trace(f, p => f(Array.ConvertAll(p, node => (NDArray<T>)node)), inputs);
    }

    private static GraphView Trace(Delegate f, Func<Node[], Node> onNodes, params Node[] inputs)
    {
        ArgumentNullException.ThrowIfNull(f);
        using var call = Call.Run("Ad.Trace", onNodes, inputs);
        return new GraphView(call.Inputs, InputNames.Of(f, inputs.Length), call.Output, (beginnings, output) =>
        {
            var plan = PlanBuilder.Group(beginnings, output);
            return node => plan.ValueOf(node)?.Unit;
        });
    }
}
