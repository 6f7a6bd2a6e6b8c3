using System.Numerics;

namespace Grad.Functional;

/// <summary>One block of derivatives, those by one input in one mode, beside their estimates.</summary>
public sealed class GradCheckComparison
{
    // Beyond rounding, this relative disagreement still counts as correct.
    private const double CorrectBelow = 1e-7;

    private readonly double[] _rounding;

    private GradCheckComparison(
        string name, int order, JacobianMode mode, NDArray<double> analytical, NDArray<double> numerical, double[] rounding)
    {
        (Name, Order, Mode, Analytical, Numerical, _rounding) = (name, order, mode, analytical, numerical, rounding);
        RelativeError = RelativeErrorOf(analytical.Data, numerical.Data);
    }

    /// <summary>What is compared: <c>∂f/∂x</c>.</summary>
    public string Name { get; }

    /// <summary>The order of the derivative.</summary>
    public int Order { get; }

    /// <summary>The mode that gave the exact derivative.</summary>
    public JacobianMode Mode { get; }

    /// <summary>The exact derivative, of shape output ++ input (++ input), computed in float64.</summary>
    public NDArray<double> Analytical { get; }

    /// <summary>The differences, of the same shape, computed in float64.</summary>
    public NDArray<double> Numerical { get; }

    /// <summary>‖n − a‖ / (‖n‖ + ‖a‖); 0 if both norms are below 1e-10.</summary>
    public double RelativeError { get; }

    /// <summary>Whether every element passes.</summary>
    public bool Passed { get; private set; } = true;

    /// <summary>The element that uses most of what it is allowed, or exceeds it most; null if there are no elements.</summary>
    public GradCheckElement? Worst { get; private set; }

    /// <summary>The largest relative error of an element that does not pass: what a large block's norm would hide.</summary>
    internal double WorstFailure { get; private set; }

    /// <summary>Whether all disagreement can be rounding error of the differences.</summary>
    internal bool WithinRounding { get; private set; } = true;

    /// <param name="name">What is compared.</param>
    /// <param name="order">The order of the derivative.</param>
    /// <param name="mode">The mode that gave it.</param>
    /// <param name="analytical">The exact derivative.</param>
    /// <param name="numerical">The differences.</param>
    /// <param name="rounding">For each element of the input, the rounding error that a difference may have.</param>
    /// <param name="options">The tolerances.</param>
    /// <param name="element">Names an element.</param>
    internal static GradCheckComparison Of(
        string name,
        int order,
        JacobianMode mode,
        NDArray<double> analytical,
        NDArray<double> numerical,
        double[] rounding,
        GradCheckOptions options,
        Func<int, string> element)
    {
        var comparison = new GradCheckComparison(name, order, mode, analytical, numerical, rounding);
        var (worst, excess) = (-1, double.NegativeInfinity);
        for (var i = 0; i < analytical.Length; i++)
        {
            var (a, n) = (analytical.Data[i], numerical.Data[i]);
            var (difference, size) = (Math.Abs(a - n), Math.Abs(a) + Math.Abs(n));
            var allowed = Allowed(options, n);
            comparison.WithinRounding &= difference <= rounding[i % rounding.Length] + (CorrectBelow * size);
            if (!(double.IsFinite(a) && difference <= allowed))
            {
                comparison.Passed = false;
                comparison.WorstFailure = Math.Max(comparison.WorstFailure, difference / size);
            }

            var share = double.IsNaN(difference) ? double.PositiveInfinity : difference == 0 ? 0 : difference / allowed;
            if (share > excess)
            {
                (worst, excess) = (i, share);
            }
        }

        if (worst >= 0)
        {
            comparison.Worst = new GradCheckElement(
                element(worst),
                ElementName.Index(analytical.Shape, worst),
                analytical.Data[worst],
                numerical.Data[worst],
                Allowed(options, numerical.Data[worst]));
        }

        return comparison;
    }

    /// <summary>Whether, rounding aside, every element disagrees by at most this share of what it does in another comparison.</summary>
    internal bool DiffersLessThan(GradCheckComparison other, double share)
    {
        for (var i = 0; i < Analytical.Length; i++)
        {
            var (a, n) = (Analytical.Data[i], Numerical.Data[i]);
            var negligible = _rounding[i % _rounding.Length] + (CorrectBelow * (Math.Abs(a) + Math.Abs(n)));
            if (!(Math.Abs(a - n) <= negligible + (share * Math.Abs(other.Analytical.Data[i] - other.Numerical.Data[i]))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>‖n − a‖ / (‖n‖ + ‖a‖); 0 if both norms are below 1e-10.</summary>
    internal static double RelativeErrorOf<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (difference, analytical, numerical) = (new Norm(), new Norm(), new Norm());
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (double.CreateChecked(a[i]), double.CreateChecked(n[i]));
            difference.Add(x - y);
            analytical.Add(x);
            numerical.Add(y);
        }

        return analytical.Value < 1e-10 && numerical.Value < 1e-10 ? 0 : difference.Value / (analytical.Value + numerical.Value);
    }

    private static double Allowed(GradCheckOptions options, double numerical) => options.Atol + (options.Rtol * Math.Abs(numerical));

    /// <summary>A Euclidean norm that neither overflows nor underflows on the way.</summary>
    private struct Norm
    {
        private double _largest;
        private double _squares;

        public readonly double Value => double.IsNaN(_squares) ? double.NaN : _largest * Math.Sqrt(_squares);

        public void Add(double value)
        {
            var size = Math.Abs(value);
            if (size > _largest)
            {
                var shrink = _largest / size;
                (_squares, _largest) = (1 + (_squares * shrink * shrink), size);
            }
            else if (size != 0)
            {
                var share = size / _largest;
                _squares += share * share;
            }
        }
    }
}
