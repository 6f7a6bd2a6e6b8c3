using System.Text;

namespace Grad.Functional;

/// <summary>Lays the elements of an array out in rows and nested brackets, as NumPy does.</summary>
internal sealed class ArrayText
{
    private const int MaxLength = 1000;
    private const int EdgeItems = 3;
    private const int LineWidth = 75;
    private const string Omission = "...";

    private readonly Shape _shape;
    private readonly bool _isSummary;
    private readonly string[] _cells;
    private int _next;

    private ArrayText(Shape shape, string[] cells)
    {
        _shape = shape;
        _isSummary = IsSummary(shape);
        _cells = cells;
    }

    public static string Of<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged
    {
        if (values.IsEmpty)
        {
            return "[]";
        }

        var shown = new List<T>(Math.Min(values.Length, MaxLength));
        Collect(values, shape, shown, IsSummary(shape));
        return new ArrayText(shape, NumberText.Column<T>([.. shown])).Text(axis: 0);
    }

    private static bool IsSummary(Shape shape) => shape.ElementCount > MaxLength;

    /// <summary>Adds the elements that are shown, in the order in which they are.</summary>
    private static void Collect<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape, List<T> shown, bool isSummary) where T : unmanaged
    {
        if (shape.Length == 0)
        {
            shown.Add(values[0]);
            return;
        }

        var stride = values.Length / shape[0];
        for (var i = 0; i < shape[0]; i++)
        {
            if (isSummary && IsOmitted(i, shape[0]))
            {
                i = shape[0] - EdgeItems;
            }

            Collect(values.Slice(i * stride, stride), shape[1..], shown, isSummary);
        }
    }

    private static bool IsOmitted(int position, int extent) => position >= EdgeItems && position < extent - EdgeItems;

    /// <summary>The part of the array below one position of each axis before <paramref name="axis"/>, brackets included.</summary>
    private string Text(int axis) => axis == _shape.Rank - 1 ? Row(axis) : Rows(axis);

    private string Rows(int axis)
    {
        var text = new StringBuilder("[");
        var separator = new string('\n', _shape.Rank - axis - 1) + Indent(axis);
        foreach (var position in Positions(axis))
        {
            text.Append(text.Length > 1 ? separator : "").Append(position < 0 ? Omission : Text(axis + 1));
        }

        return text.Append(']').ToString();
    }

    private string Row(int axis)
    {
        // Every bracket that may close after the last cell takes a place.
        var width = LineWidth - _shape.Rank;
        var text = new StringBuilder();
        var line = new StringBuilder(Indent(axis));
        foreach (var position in Positions(axis))
        {
            var cell = position < 0 ? Omission : _cells[_next++];
            if (line.Length > axis + 1 && line.Length + cell.Length > width)
            {
                text.Append(line.ToString().TrimEnd(' ')).Append('\n');
                line.Clear().Append(Indent(axis));
            }

            line.Append(cell).Append(' ');
        }

        text.Append(line).Length--;
        return $"[{text.ToString(axis + 1, text.Length - axis - 1)}]";
    }

    private static string Indent(int axis) => new(' ', axis + 1);

    /// <summary>The positions shown on an axis, −1 for those omitted.</summary>
    private IEnumerable<int> Positions(int axis)
    {
        var extent = _shape[axis];
        for (var i = 0; i < extent; i++)
        {
            if (_isSummary && IsOmitted(i, extent))
            {
                yield return -1;
                i = extent - EdgeItems;
            }

            yield return i;
        }
    }
}
