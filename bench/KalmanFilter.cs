using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// Held out: what do the log-likelihood of a filter with four states and its gradient cost, a recursion of small matrices over n observations, by the
/// logarithms of the noises?
/// </summary>
public class KalmanFilter : ValueAndGradient<NDArray<double>, double>
{
    private const int States = 4;
    private const double Step = 0.1;
    private static readonly double s_logTwoPi = Math.Log(2 * Math.PI);
    private static readonly NDArray<double> s_identity = NDArray.Eye<double>(States);
    private double[] _observations = [];

    /// <summary>The observations.</summary>
    private protected override int[] AskedSizes => [10, 100, 1_000];

    protected override string TorchName => "kalman_filter";

    protected override NDArray<double> Draw(int n)
    {
        _observations = new RandomKey(1).Normal<double>(n).ToArray();
        return (double[])[-1.0, 0.5];
    }

    // A chain of integrators, of which the first is seen.
    protected override NDArray<double> Function(NDArray<double> logNoises)
    {
        NDArray<double> move = Move(), see = First();
        var noises = Exp(logNoises);
        var (motion, seeing) = (noises[0] * s_identity, noises[1]);
        NDArray<double> mean = NDArray.Zeros<double>(States, 1), covariance = s_identity, likelihood = 0.0;
        foreach (var observation in _observations)
        {
            mean = MatMul(move, mean);
            covariance = MatMul(MatMul(move, covariance), Transpose(move)) + motion;
            var error = observation - MatMul(see, mean);
            var spread = MatMul(MatMul(see, covariance), Transpose(see)) + seeing;
            var gain = MatMul(covariance, Transpose(see)) / spread;
            mean += gain * error;
            covariance = MatMul(s_identity - (gain * see), covariance);
            likelihood -= 0.5 * (s_logTwoPi + Sum(Log(spread) + (Square(error) / spread)));
        }

        return likelihood;
    }

    // Forward, since there are two parameters: the slopes by both go along with every number.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var (q, r) = (Math.Exp(inputs[0][0]), Math.Exp(inputs[0][1]));
        Span<double> mean = stackalloc double[3 * States], covariance = stackalloc double[3 * States * States];
        Span<double> gain = stackalloc double[3 * States], first = stackalloc double[3 * States];
        mean.Clear();
        covariance.Clear();
        for (var i = 0; i < States; i++)
        {
            covariance[i * (States + 1)] = 1;
        }

        double value = 0, slopeQ = 0, slopeR = 0;
        foreach (var observation in _observations)
        {
            for (var k = 0; k < 3; k++)
            {
                Span<double> m = mean.Slice(k * States, States), p = covariance.Slice(k * States * States, States * States);
                for (var i = 0; i < States - 1; i++)
                {
                    m[i] += Step * m[i + 1];
                }

                // F·P adds to each row the next, ·Fᵀ to each column the next.
                for (var i = 0; i < States - 1; i++)
                {
                    for (var j = 0; j < States; j++)
                    {
                        p[(i * States) + j] += Step * p[((i + 1) * States) + j];
                    }
                }

                for (var i = 0; i < States; i++)
                {
                    for (var j = 0; j < States - 1; j++)
                    {
                        p[(i * States) + j] += Step * p[(i * States) + j + 1];
                    }
                }

                for (var i = 0; i < States && k < 2; i++)
                {
                    p[i * (States + 1)] += q;
                }
            }

            var size = States * States;
            double spread = covariance[0] + r, spreadQ = covariance[size], spreadR = covariance[2 * size] + r;
            double error = observation - mean[0], errorQ = -mean[States], errorR = -mean[2 * States];
            for (var i = 0; i < States; i++)
            {
                for (var k = 0; k < 3; k++)
                {
                    first[(k * States) + i] = covariance[(k * size) + i];
                }

                gain[i] = covariance[i * States] / spread;
                gain[States + i] = (covariance[size + (i * States)] - (gain[i] * spreadQ)) / spread;
                gain[(2 * States) + i] = (covariance[(2 * size) + (i * States)] - (gain[i] * spreadR)) / spread;
            }

            for (var i = 0; i < States; i++)
            {
                mean[i] += gain[i] * error;
                mean[States + i] += (gain[States + i] * error) + (gain[i] * errorQ);
                mean[(2 * States) + i] += (gain[(2 * States) + i] * error) + (gain[i] * errorR);
                for (var j = 0; j < States; j++)
                {
                    covariance[(i * States) + j] -= gain[i] * first[j];
                    covariance[size + (i * States) + j] -= (gain[States + i] * first[j]) + (gain[i] * first[States + j]);
                    covariance[(2 * size) + (i * States) + j] -= (gain[(2 * States) + i] * first[j]) + (gain[i] * first[(2 * States) + j]);
                }
            }

            var square = error * error / spread;
            value -= 0.5 * (s_logTwoPi + Math.Log(spread) + square);
            slopeQ -= 0.5 * ((spreadQ / spread) + ((2 * error * errorQ) - (square * spreadQ)) / spread);
            slopeR -= 0.5 * ((spreadR / spread) + ((2 * error * errorR) - (square * spreadR)) / spread);
        }

        (outputs[0][0], outputs[1][0], outputs[1][1]) = (value, slopeQ, slopeR);
    }

    private static double[,] Move()
    {
        var move = new double[States, States];
        for (var i = 0; i < States; i++)
        {
            move[i, i] = 1;
            if (i + 1 < States)
            {
                move[i, i + 1] = Step;
            }
        }

        return move;
    }

    private static double[,] First()
    {
        var row = new double[1, States];
        row[0, 0] = 1;
        return row;
    }
}
