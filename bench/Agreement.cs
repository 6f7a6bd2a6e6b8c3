using System.Numerics;

namespace Bench;

/// <summary>Contenders are compared only if they compute the same.</summary>
internal static class Agreement
{
    /// <param name="name">Whose results these are.</param>
    /// <param name="actual">The results.</param>
    /// <param name="expected">What they must be.</param>
    /// <param name="tolerance">How far apart numbers may be, relative to the greatest of their array.</param>
    public static void Require<T>(string name, Arrays<T> actual, Arrays<T> expected, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var k = 0; k < expected.Count; k++)
        {
            var scale = 1.0;
            foreach (var value in expected[k])
            {
                scale = Math.Max(scale, Math.Abs(double.CreateChecked(value)));
            }

            for (var i = 0; i < expected[k].Length; i++)
            {
                var difference = Math.Abs(double.CreateChecked(actual[k][i]) - double.CreateChecked(expected[k][i]));
                if (!(difference <= tolerance * scale))
                {
                    throw new InvalidOperationException($"{name}: element {i} of result {k} is {actual[k][i]}, but should be {expected[k][i]}.");
                }
            }
        }
    }
}
