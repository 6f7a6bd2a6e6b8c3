using Grad.Functional;

namespace Properties.Programs;

/// <summary>Why a program is not judged at its point.</summary>
internal enum Discard
{
    None,

    /// <summary>The value, or a value that takes part in it, is not finite at the point or at a point of a difference.</summary>
    NonFinite,

    /// <summary>An op has a kink within ten steps of the point.</summary>
    Kink,
}

/// <summary>
/// A program near its point: its values there, and whether it may be differenced at all. Nothing here knows of derivatives, and all
/// of it is settled before one is computed.
/// </summary>
internal sealed class Surroundings
{
    // How far to look for kinks, in steps, beside the points of the difference itself.
    private static readonly double[] s_probes = [10, 3];

    private readonly Program _program;
    private readonly double[] _at;
    private readonly sbyte[][] _sides;

    public Surroundings(Program program, double[] at)
    {
        (_program, _at) = (program, at);
        _sides = Sides(program, Look(at).Values);
    }

    /// <summary>Why the program is not judged, as far as was looked.</summary>
    public Discard Reason { get; private set; }

    /// <summary>Whether NaN or infinity stand in a branch not taken.</summary>
    public bool HasIdleNonFinites { get; private set; }

    /// <summary>The point a number of steps along a direction; exact, since all of them are few-digit binary numbers.</summary>
    public double[] Point(double[] direction, double distance)
    {
        var point = new double[_at.Length];
        for (var i = 0; i < point.Length; i++)
        {
            point[i] = _at[i] + (distance * direction[i]);
        }

        return point;
    }

    /// <summary>The values for a difference along a direction; null if a reason was found not to take it.</summary>
    public CentralValues? Along(double[] direction, double step, double noise)
    {
        foreach (var probe in s_probes)
        {
            Visit(Point(direction, probe * step));
            Visit(Point(direction, -probe * step));
        }

        var values = CentralValues.Of(step, noise, distance => Visit(Point(direction, distance)));
        return Reason == Discard.None ? values : null;
    }

    private double Visit(double[] point)
    {
        if (Reason != Discard.None)
        {
            return double.NaN;
        }

        var (value, values) = Look(point);
        if (Reason == Discard.None && _sides.Zip(Sides(_program, values)).Any(pair => IsCrossed(pair.First, pair.Second)))
        {
            Reason = Discard.Kink;
        }

        return value;
    }

    /// <summary>
    /// On which side of its kink each element of each op with kinks lies: −1, 0 (in it) or 1; 2 where the answer is NaN. Of an op that is
    /// not elementwise, the signs that tell its pieces apart.
    /// </summary>
    public static sbyte[][] Sides(Program program, Node[] values)
    {
        var steps = program.Steps.Select((step, i) => (Step: step, Place: program.Inputs.Length + i));
        return
        [
            .. steps.Where(at => at.Step.Kink is not null || at.Step.Op is IPiecewise)
                .Select(at => at.Step.Op is IPiecewise op
                    ? Signs(op, at.Step, values)
                    : Sides(at.Step.Kink!, Array.ConvertAll(at.Step.Operands, operand => values[operand]), values[at.Place].Shape)),
        ];
    }

    public static bool HasNonFinite(Node node) => node is NDArray<double> array && !array.ToArray().All(double.IsFinite);

    private (double Value, Node[] Values) Look(double[] point)
    {
        var values = _program.Run(_program.Arrays(point));
        var value = ((NDArray<double>)values[^1]).ToScalar();
        var anyNonFinite = values.Any(HasNonFinite);
        if (!double.IsFinite(value) || (anyNonFinite && !(IsIdle(point, value, 1) && IsIdle(point, value, -2))))
        {
            Reason = Discard.NonFinite;
        }

        HasIdleNonFinites |= anyNonFinite;

        return (value, values);
    }

    // NaN in the branch that a Where does not take is no part of the program's value. It is none if a number in every such place
    // leaves the value as it is, to the bit.
    private bool IsIdle(double[] point, double value, double instead)
    {
        var mended = _program.Run(_program.Arrays(point), node => HasNonFinite(node) ? Mend((NDArray<double>)node) : node);
        return BitConverter.DoubleToInt64Bits(((NDArray<double>)mended[^1]).ToScalar()) == BitConverter.DoubleToInt64Bits(value);

        NDArray<double> Mend(NDArray<double> array) =>
            NDArray.Create<double>(Array.ConvertAll(array.ToArray(), x => double.IsFinite(x) ? x : instead), array.Shape);
    }

    private static sbyte[] Signs(IPiecewise op, Step step, Node[] values) =>
        Array.ConvertAll(((NDArray<double>)op.Pieces(Array.ConvertAll(step.Operands, operand => values[operand]))).ToArray(), Sign);

    private static sbyte Sign(double side) => double.IsNaN(side) ? (sbyte)2 : (sbyte)Math.Sign(side);

    /// <summary>On which side of its kink each element of one op lies.</summary>
    public static sbyte[] Sides(Func<double[], double> kink, Node[] operands, Shape shape)
    {
        var columns = Array.ConvertAll(operands, operand => ((NDArray<double>)Broadcast.To(operand, shape)).ToArray());
        var sides = new sbyte[shape.ElementCount];
        var element = new double[columns.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            for (var k = 0; k < element.Length; k++)
            {
                element[k] = columns[k][i];
            }

            sides[i] = Sign(kink(element));
        }

        return sides;
    }

    // An element that stays in its kink all along the line does not cross it: nothing moves there.
    private static bool IsCrossed(ReadOnlySpan<sbyte> here, ReadOnlySpan<sbyte> there)
    {
        for (var i = 0; i < here.Length; i++)
        {
            if (here[i] != there[i] && here[i] != 2 && there[i] != 2)
            {
                return true;
            }
        }

        return false;
    }
}
