using System.Numerics;
using Grad.Functional;
using Xunit;

namespace Properties.Laws;

/// <summary>Pullback and pushforward are linear: of a·v + b·w they make a times that of v plus b times that of w.</summary>
public sealed class LinearInSeeds : OpLaw
{
    private const double A = 3, B = -0.375;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var (call, map) = LinearMap.At<T>(point, tally);
        var result = call.Value();
        var (v, w) = (Seeds.Like(result, 3), Seeds.Like(result, 4));
        NDArray<T>[] pulled = call.Pull(Combine(v, w)), ofV = call.Pull(v), ofW = call.Pull(w);
        for (int i = 0; i < pulled.Length; i++)
            Compare("Pullback", Combine(ofV[i], ofW[i]), pulled[i], Both(map.Pull(i, v), map.Pull(i, w)), map);

        var (t, u) = (Seeds.Like(call.Inputs, 5), Seeds.Like(call.Inputs, 6));
        Compare("Pushforward", Combine(call.Push(t), call.Push(u)), call.Push([.. t.Zip(u, Combine)]), Both(map.Push(t), map.Push(u)), map);
    }

    private static NDArray<T> Combine<T>(NDArray<T> x, NDArray<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => (x * T.CreateChecked(A)) + (y * T.CreateChecked(B));

    private static double[] Both(double[] x, double[] y) => [.. x.Zip(y, (a, b) => (Math.Abs(A) * a) + (Math.Abs(B) * b))];

    private static void Compare<T>(string what, NDArray<T> expected, NDArray<T> actual, double[] magnitudes, LinearMap map)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] x = Seeds.Doubles(expected), y = Seeds.Doubles(actual);
        for (int i = 0; i < x.Length; i++)
        {
            Claim.That(
                Math.Abs(x[i] - y[i]) <= Rounding.Bound<T>(map.Roundings, magnitudes[i]),
                $"{what}: element {i} of that of the sum is {y[i]:R}, the sum of those is {x[i]:R}.");
        }
    }
}
