using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// One part of an index into an array: a position (<c>2</c>, <c>^1</c>), a range (<c>1..^1</c>), a range with steps
/// (<see cref="Every"/>, <see cref="Slice"/>), several positions (<c>[0, 0, 2]</c>, an index array), a mask, all axes not named otherwise
/// (<see cref="Ellipsis"/>), or a new axis of extent 1 (<see cref="NewAxis"/>).
/// </summary>
[CollectionBuilder(typeof(NDIndex), nameof(Create))]
public readonly struct NDIndex
{
    private readonly Kind _kind;
    private readonly int? _start;
    private readonly int? _stop;
    private readonly int _step;
    private readonly Node? _array;

    private NDIndex(Kind kind, int? start = null, int? stop = null, int step = 1, Node? array = null)
    {
        _array = array;
        _kind = kind;
        _start = start;
        _stop = stop;
        _step = step;
    }

    private enum Kind
    {
        Whole,
        Position,
        PositionFromEnd,
        Range,
        Slice,
        Array,
        Ellipsis,
        NewAxis,
    }

    /// <summary>As many whole axes as the other parts leave over; at most one in an index.</summary>
    public static NDIndex Ellipsis => new(Kind.Ellipsis);

    /// <summary>An axis of extent 1 in the result, where the array has none.</summary>
    public static NDIndex NewAxis => new(Kind.NewAxis);

    internal bool IsEllipsis => _kind == Kind.Ellipsis;

    internal bool IsNewAxis => _kind == Kind.NewAxis;

    /// <summary>Whether the axis is absent from the result.</summary>
    internal bool IsPosition => _kind is Kind.Position or Kind.PositionFromEnd;

    /// <summary>The positions, if this is an index array.</summary>
    internal NDArray<int>? Positions => _array as NDArray<int>;

    /// <summary>The mask, if this is one.</summary>
    internal NDArray<bool>? Mask => _array as NDArray<bool>;

    /// <summary>How many axes of the array this is about; of an ellipsis, that is open.</summary>
    internal int AxisCount => Mask is { } mask ? mask.Rank : IsEllipsis || IsNewAxis ? 0 : 1;

    /// <summary>The elements at several positions, in the order given; what <c>x[[0, 0, 2]]</c> and <c>m[.., [0, 2]]</c> make.</summary>
    public static NDIndex Create(ReadOnlySpan<int> positions) => NDArray.Create(positions);

    /// <summary>Several positions, one after the other; none of any other index.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => (Positions is { } positions ? positions.AsSpan() : default).GetEnumerator();

    /// <summary>The elements at several positions, in the order given.</summary>
    public static implicit operator NDIndex(int[] positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return Create(positions);
    }

    /// <summary>
    /// The elements at the positions that an array holds, whose shape takes the place of the axis. Negative ones count from the end.
    /// </summary>
    public static implicit operator NDIndex(NDArray<int> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return new NDIndex(Kind.Array, array: positions);
    }

    /// <summary>The elements where a mask holds, on as many axes as it has; one axis takes their place.</summary>
    public static implicit operator NDIndex(NDArray<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new NDIndex(Kind.Array, array: mask);
    }

    /// <summary>The element at a position counted from 0. A negative one is an error: the last element is <c>^1</c>.</summary>
    public static implicit operator NDIndex(int position) => new(Kind.Position, position);

    /// <summary>The element at a position counted from 0, or from the end (<c>^1</c>).</summary>
    public static implicit operator NDIndex(Index position) =>
        new(position.IsFromEnd ? Kind.PositionFromEnd : Kind.Position, position.Value);

    /// <summary>The elements of a range, which must lie within the axis.</summary>
    public static implicit operator NDIndex(Range range) => new(Kind.Range, Signed(range.Start), Signed(range.End));

    /// <summary>Every <paramref name="step"/>th element: from the first on, or, if negative, from the last backwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is 0.</exception>
    public static NDIndex Every(int step) => Slice(null, null, step);

    /// <summary>
    /// NumPy's <c>start:stop:step</c>. Negative positions count from the end, positions beyond an end are taken back to it; null is the
    /// end where the step begins, and past the end to which it leads.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is 0.</exception>
    public static NDIndex Slice(int? start, int? stop, int step = 1) =>
        step == 0
            ? throw new ArgumentOutOfRangeException(
                nameof(step), "A slice needs a step other than 0, but got 0. For a single element, index with its position.")
            : new NDIndex(Kind.Slice, start, stop, step);

    /// <summary>As written in C#; a slice as written in Python.</summary>
    public override string ToString() => _kind switch
    {
        Kind.Whole => "..",
        Kind.Position => Text(_start),
        Kind.PositionFromEnd => $"^{Text(_start)}",
        Kind.Range => $"{Unsigned(_start!.Value)}..{Unsigned(_stop!.Value)}",
        Kind.Slice => $"{Text(_start)}:{Text(_stop)}:{Text(_step)}",
        Kind.Array => (Mask is null ? "an index array of shape " : "a mask of shape ") + _array!.Shape,
        _ => _kind.ToString(),
    };

    /// <summary>The elements selected on an axis of the given extent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all there.</exception>
    internal (int Start, int Step, int Count) On(int axis, int extent)
    {
        var (start, count) = _kind switch
        {
            Kind.Whole => (0, extent),
            Kind.Position => (_start!.Value, 1),
            Kind.PositionFromEnd => (extent - _start!.Value, 1),
            Kind.Range => RangeOn(extent),
            _ => SliceOn(extent),
        };
        if (_kind != Kind.Slice && (start < 0 || count < 0 || start > extent - count))
        {
            throw OutOfRange(axis, extent);
        }

        // A step that nobody takes, and a start of nothing, are made the plain ones.
        return count switch
        {
            0 => (0, 1, 0),
            1 => (start, 1, 1),
            _ => (start, _kind == Kind.Slice ? _step : 1, count),
        };
    }

    private (int Start, int Count) RangeOn(int extent)
    {
        var (start, stop) = (Unsigned(_start!.Value).GetOffset(extent), Unsigned(_stop!.Value).GetOffset(extent));
        return (start, stop - start);
    }

    private (int Start, int Count) SliceOn(int extent)
    {
        // Backwards, the position past the end is the one before the first.
        var (lowest, highest) = _step > 0 ? (0, extent) : (-1, extent - 1);
        var (first, past) = _step > 0 ? (lowest, highest) : (highest, lowest);
        first = _start is { } start ? Clip(start) : first;
        past = _stop is { } stop ? Clip(stop) : past;
        var distance = (_step > 0 ? 1 : -1) * (past - first);
        return (first, distance <= 0 ? 0 : (int)((distance - 1) / Math.Abs((long)_step)) + 1);

        int Clip(int position) => Math.Clamp(position < 0 ? position + extent : position, lowest, highest);
    }

    private ArgumentOutOfRangeException OutOfRange(int axis, int extent) => new(
        "indices",
        $"Indexing got {this} on axis {axis}, but that has extent {extent}. " + (IsPosition
            ? extent == 0 ? "It has no elements." : $"Positions run from 0 to {extent - 1}, or from ^{extent} to ^1."
            : $"A range lies within 0..{extent} and does not start after its end; NDIndex.Slice clips."));

    /// <summary>A position in one number: from the end, ^k is −1 − k.</summary>
    private static int Signed(Index position) => position.IsFromEnd ? ~position.Value : position.Value;

    private static Index Unsigned(int signed) => signed < 0 ? new Index(~signed, fromEnd: true) : signed;

    private static string Text(int? position) => position?.ToString(CultureInfo.InvariantCulture) ?? "";
}
