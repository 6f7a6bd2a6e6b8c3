using System.Numerics;

namespace Grad.Functional;

/// <summary>Makes arrays. Values that are handed in are copied.</summary>
public static class NDArray
{
    /// <summary>An array of rank 1. Also what a collection expression makes: <c>NDArray&lt;double&gt; x = [1.0, 2.0];</c></summary>
    public static NDArray<T> Create<T>(ReadOnlySpan<T> values) where T : unmanaged =>
        new(values.ToArray(), Shape.Create([values.Length]));

    /// <summary>An array of the given shape over <paramref name="values"/>, which are row-major: the last axis varies fastest.</summary>
    /// <exception cref="ArgumentException">The shape does not hold exactly as many elements as there are values.</exception>
    public static NDArray<T> Create<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        var of = Shape.Create(shape);
        if (of.ElementCount != values.Length)
        {
            throw new ArgumentException(
                $"NDArray.Create needs as many values as the shape holds, but got {values.Length} for shape {of}, " +
                $"which holds {of.ElementCount}. Give that many values, or another shape.",
                nameof(shape));
        }

        return new NDArray<T>(values.ToArray(), of);
    }

    /// <summary>Zeros (false for masks). Without extents: a single number.</summary>
    public static NDArray<T> Zeros<T>(params ReadOnlySpan<int> shape) where T : unmanaged
    {
        var of = Shape.Create(shape);
        return new NDArray<T>(new T[of.ElementCount], of);
    }

    /// <summary>Ones (true for masks). Without extents: a single number.</summary>
    /// <exception cref="NotSupportedException">The element type has no arithmetic.</exception>
    public static NDArray<T> Ones<T>(params ReadOnlySpan<int> shape) where T : unmanaged => Full(One<T>(), shape);

    /// <summary>The same value in every element. Without extents: a single number.</summary>
    public static NDArray<T> Full<T>(T value, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        var of = Shape.Create(shape);
        var values = new T[of.ElementCount];
        Array.Fill(values, value);
        return new NDArray<T>(values, of);
    }

    /// <summary>The identity matrix of <paramref name="n"/> rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public static NDArray<T> Eye<T>(int n) where T : unmanaged
    {
        RequireCount("NDArray.Eye", n, nameof(n));
        var shape = Shape.Create([n, n]);
        var values = new T[shape.ElementCount];
        var one = One<T>();
        for (var row = 0; row < n; row++)
        {
            values[row * (n + 1)] = one;
        }

        return new NDArray<T>(values, shape);
    }

    /// <summary>0, 1, 2, … below <paramref name="stop"/>.</summary>
    public static NDArray<T> Arange<T>(T stop) where T : unmanaged, INumber<T> => Arange(T.Zero, stop, T.One);

    /// <summary>Numbers one apart from <paramref name="start"/>, included, to <paramref name="stop"/>, excluded.</summary>
    public static NDArray<T> Arange<T>(T start, T stop) where T : unmanaged, INumber<T> => Arange(start, stop, T.One);

    /// <summary>
    /// The numbers start + i·step from <paramref name="start"/>, included, to <paramref name="stop"/>, excluded; none if the step leads
    /// away from it. Where the step is not exact in <typeparamref name="T"/>, rounding decides whether the last one lies below
    /// <paramref name="stop"/>: <see cref="Linspace{T}(T, T, int)"/> has a definite count.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The step is zero, an argument is not finite, or there are more numbers than an array holds.
    /// </exception>
    public static NDArray<T> Arange<T>(T start, T stop, T step) where T : unmanaged, INumber<T>
    {
        if (T.IsZero(step))
        {
            throw new ArgumentException("NDArray.Arange needs a step other than 0. To repeat one value, use NDArray.Full.", nameof(step));
        }

        RequireFinite("NDArray.Arange", start, nameof(start));
        RequireFinite("NDArray.Arange", stop, nameof(stop));
        RequireFinite("NDArray.Arange", step, nameof(step));
        var values = new T[CountOfSteps(start, stop, step)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = start + (T.CreateTruncating(i) * step);
        }

        return new NDArray<T>(values, Shape.Create([values.Length]));
    }

    /// <summary>
    /// <paramref name="count"/> numbers evenly spaced from <paramref name="start"/> to <paramref name="stop"/>, both included; of a count
    /// of 1, only <paramref name="start"/>.
    /// </summary>
    /// <remarks>For floating types: whole numbers are in general not evenly spaced; <see cref="Arange{T}(T, T, T)"/> makes those.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ArgumentException">A bound is not finite.</exception>
    public static NDArray<T> Linspace<T>(T start, T stop, int count) where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireCount("NDArray.Linspace", count, nameof(count));
        RequireFinite("NDArray.Linspace", start, nameof(start));
        RequireFinite("NDArray.Linspace", stop, nameof(stop));
        var values = new T[count];
        var step = (stop - start) / T.CreateChecked(Math.Max(count - 1, 1));
        for (var i = 0; i < count; i++)
        {
            values[i] = start + (T.CreateChecked(i) * step);
        }

        if (count > 1)
        {
            values[^1] = stop;
        }

        return new NDArray<T>(values, Shape.Create([count]));
    }

    /// <summary>Zeros in the shape of <paramref name="x"/>.</summary>
    public static NDArray<T> ZerosLike<T>(NDArray<T> x) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return new NDArray<T>(new T[x.Length], x.Shape);
    }

    /// <summary>Ones in the shape of <paramref name="x"/>.</summary>
    public static NDArray<T> OnesLike<T>(NDArray<T> x) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(x);
        return Full(One<T>(), x.Shape);
    }

    /// <summary>The number of start + i·step before stop.</summary>
    private static int CountOfSteps<T>(T start, T stop, T step) where T : INumber<T>
    {
        // A double holds no odd number beyond 2⁵³, a long does: whole numbers are counted in whole numbers.
        var count = typeof(T) == typeof(int) || typeof(T) == typeof(long)
            ? (double)CeilingOfQuotient(Int128.CreateChecked(stop) - Int128.CreateChecked(start), Int128.CreateChecked(step))
            : Math.Ceiling((double.CreateChecked(stop) - double.CreateChecked(start)) / double.CreateChecked(step));
        if (count > Array.MaxLength)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"NDArray.Arange from {start} to {stop} in steps of {step} has about {count:G3} numbers, ") +
                $"but an array holds at most {Array.MaxLength}. Take a larger step.",
                nameof(step));
        }

        return (int)Math.Max(count, 0);
    }

    private static Int128 CeilingOfQuotient(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder != 0 && (remainder > 0) == (divisor > 0) ? quotient + 1 : quotient;
    }

    private static void RequireCount(string operation, int count, string parameter)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(parameter, $"{operation} needs {parameter} to be zero or more, but got {count}.");
        }
    }

    private static void RequireFinite<T>(string operation, T value, string parameter) where T : INumber<T>
    {
        if (!T.IsFinite(value))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{operation} needs finite numbers, but {parameter} is {value}. Give a finite {parameter}."),
                parameter);
        }
    }

    private static T One<T>() where T : unmanaged => ((NDArray<T>)Zeros<T>().Constant(1)).Data[0];
}
