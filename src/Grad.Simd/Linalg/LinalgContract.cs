using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance;

namespace Grad.Simd;

/// <summary>What factorizations demand of their arguments, and the words in which they say so.</summary>
internal static class LinalgContract
{
    public static void Square(string operation, int rows, int columns, string name)
    {
        if (rows != columns)
            throw new ArgumentException(Text($"{operation} needs a square matrix, but {name} is {rows}×{columns}. Slice it."), name);
    }

    public static void Shape(string operation, string name, int rows, int columns, int neededRows, int neededColumns)
    {
        if (rows != neededRows || columns != neededColumns)
        {
            throw new ArgumentException(
                Text($"{operation} needs {name} to be {neededRows}×{neededColumns}, but it is {rows}×{columns}. Pass one that fits."), name);
        }
    }

    public static void Length(string operation, string name, int length, int needed)
    {
        if (length != needed)
            throw new ArgumentException(Text($"{operation} needs {needed} elements in {name}, but got {length}. Slice it."), name);
    }

    /// <summary>What an iteration cannot end on is refused before anything is written.</summary>
    public static void Finite<T>(string operation, ReadOnlySpan2D<T> a, string name) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < a.Height; i++)
        {
            for (int j = 0; j < a.Width; j++)
            {
                if (!T.IsFinite(a[i, j]))
                {
                    throw new ArgumentException(
                        Text($"{operation} needs finite numbers, but {name}[{i}, {j}] is {a[i, j]}. Remove or replace it first."), name);
                }
            }
        }
    }

    /// <summary>Two matrices share no element.</summary>
    public static void Disjoint<T>(string operation, ReadOnlySpan2D<T> x, string xName, ReadOnlySpan2D<T> y, string yName) where T : unmanaged
    {
        MatrixView<T> first = new(x), second = new(y);
        BlasContract.Disjoint(operation, in first, xName, in second, yName);
    }

    public static string Text(DefaultInterpolatedStringHandler text) => string.Create(CultureInfo.InvariantCulture, ref text);
}
