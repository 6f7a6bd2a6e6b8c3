using System.Globalization;
using System.Text;

namespace Plotting;

/// <summary>A small chart as SVG: curves and points over linear axes with round ticks.</summary>
public sealed class SvgPlot(string title, string xLabel, string yLabel)
{
    private const double Width = 640, Height = 400, Left = 84, Right = 20, Top = 60, Bottom = 52;
    private static readonly string[] s_colours = ["#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df"];

    private readonly List<(double[] X, double[] Y, string Label, bool IsPoints, bool IsFaint)> _series = [];

    /// <summary>A curve through the points; a faint one is background.</summary>
    public SvgPlot Line(double[] x, double[] y, string label = "", bool isFaint = false) => Add(x, y, label, isPoints: false, isFaint);

    /// <summary>Separate points.</summary>
    public SvgPlot Points(double[] x, double[] y, string label = "") => Add(x, y, label, isPoints: true, isFaint: false);

    /// <summary>Writes the chart; creates the folder.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, ToString());
    }

    /// <summary>The SVG document.</summary>
    public override string ToString()
    {
        var (lowX, highX) = Range(series => series.X);
        var (lowY, highY) = Range(series => series.Y);
        double X(double x) => Left + ((x - lowX) / (highX - lowX) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((y - lowY) / (highY - lowY) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        Write(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#24292f\">");
        Write(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Write(svg, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\" font-weight=\"bold\">{Escape(title)}</text>");
        foreach (var tick in Ticks(lowX, highX))
        {
            Write(svg, $"<line x1=\"{X(tick):F1}\" y1=\"{Top}\" x2=\"{X(tick):F1}\" y2=\"{Height - Bottom}\" stroke=\"#eaeef2\"/>");
            Write(svg, $"<text x=\"{X(tick):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{tick:#,0.####}</text>");
        }

        foreach (var tick in Ticks(lowY, highY))
        {
            Write(svg, $"<line x1=\"{Left}\" y1=\"{Y(tick):F1}\" x2=\"{Width - Right}\" y2=\"{Y(tick):F1}\" stroke=\"#eaeef2\"/>");
            Write(svg, $"<text x=\"{Left - 8}\" y=\"{Y(tick) + 4:F1}\" text-anchor=\"end\">{tick:#,0.####}</text>");
        }

        Write(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">{Escape(xLabel)}</text>");
        var middle = (Top + Height - Bottom) / 2;
        Write(svg, $"<text x=\"16\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {middle})\">{Escape(yLabel)}</text>");

        var (colour, legend) = (0, Left + 4);
        foreach (var (x, y, label, isPoints, isFaint) in _series)
        {
            var stroke = isFaint ? "#c8d1da" : s_colours[colour++ % s_colours.Length];
            var places = x.Zip(y, (a, b) => string.Create(CultureInfo.InvariantCulture, $"{X(a):F1},{Y(b):F1}"));
            if (isPoints)
            {
                svg.AppendJoin("", places.Select(place => $"<circle cx=\"{place.Split(',')[0]}\" cy=\"{place.Split(',')[1]}\" r=\"4\" fill=\"{stroke}\"/>\n"));
            }
            else
            {
                Write(svg, $"<polyline points=\"{string.Join(' ', places)}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{(isFaint ? 1 : 2)}\"/>");
            }

            if (label.Length > 0)
            {
                Write(svg, $"<circle cx=\"{legend}\" cy=\"42\" r=\"4\" fill=\"{stroke}\"/>");
                Write(svg, $"<text x=\"{legend + 9}\" y=\"46\">{Escape(label)}</text>");
                legend += 30 + (6.5 * label.Length);
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Write(StringBuilder svg, FormattableString line) => svg.Append(FormattableString.Invariant(line)).Append('\n');

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, some five of them.</summary>
    private static IEnumerable<double> Ticks(double low, double high)
    {
        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        for (var i = Math.Ceiling(low / step); i * step <= high; i++)
        {
            yield return (i * step) + 0.0;
        }
    }

    private SvgPlot Add(double[] x, double[] y, string label, bool isPoints, bool isFaint)
    {
        _series.Add((x, y, label, isPoints, isFaint));
        return this;
    }

    private (double Low, double High) Range(Func<(double[] X, double[] Y, string, bool, bool), double[]> of)
    {
        var values = _series.SelectMany(of).Where(double.IsFinite).ToList();
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? 0.04 * (high - low) : 1;
        return (low - margin, high + margin);
    }
}
