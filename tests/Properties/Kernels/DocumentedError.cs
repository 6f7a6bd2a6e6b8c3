using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Grad.Simd;

namespace Properties.Kernels;

/// <summary>The errors that the documentation of <see cref="SpanMath"/> states: what is proven is what the reader is told.</summary>
public static partial class DocumentedError
{
    private static readonly XDocument Documentation =
        XDocument.Load(Path.ChangeExtension(typeof(SpanMath).Assembly.Location, ".xml"));

    /// <summary>The number in "At most … ULP" of a function's remarks.</summary>
    public static double Of(string function)
    {
        string prefix = $"M:{typeof(SpanMath).FullName}.{function}``1";
        var members = Documentation.Descendants("member")
            .Where(member => member.Attribute("name")!.Value.StartsWith(prefix, StringComparison.Ordinal));
        var stated = members.Select(member => Statement().Match(member.Value)).Single(match => match.Success);
        return double.Parse(stated.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"At most (\d+(?:\.\d+)?) ULP")]
    private static partial Regex Statement();
}
