using System.Numerics;
using Grad.Functional;

namespace Properties.Laws;

/// <summary>Tangents and cotangents: short binary fractions, so that failures read well and products with them lose little.</summary>
internal static class Seeds
{
    /// <summary>A seed of the shape of an array; other numbers for other seeds of randomness.</summary>
    public static NDArray<T> Like<T>(NDArray<T> x, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new T[x.Length];
        foreach (ref var value in values.AsSpan())
            value = T.CreateChecked(random.Next(-16, 17) / 8.0);
        return NDArray.Create<T>(values, x.Shape);
    }

    /// <summary>A seed for each array.</summary>
    public static NDArray<T>[] Like<T>(NDArray<T>[] arrays, int seed)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. arrays.Select((array, i) => Like(array, (100 * seed) + i))];

    /// <summary>The elements as doubles.</summary>
    public static double[] Doubles<T>(NDArray<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(x.ToArray(), double.CreateChecked);

    /// <summary>The inner product.</summary>
    public static double Inner(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
