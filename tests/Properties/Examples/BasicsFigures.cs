using System.Xml.Linq;
using Xunit;

namespace Properties.Examples;

/// <summary>The figures of the basics of automatic differentiation, as examples/basics.cs prints them.</summary>
public sealed class BasicsFigures : IDisposable
{
    private readonly DirectoryInfo _pictures = Directory.CreateTempSubdirectory("basics");

    [Fact]
    public void EveryFigureIsPrinted()
    {
        string[] figures =
        [
            "value                          12",
            "forward difference, h = 1e-7   7.000000",
            "Ad.Grad                        7",
            "u = 7, y = 49",
            "local slopes  du/dx = 3, dy/du = 14, their product 42",
            "Ad.Grad of the whole  42",
            "xy = 6.0, x² = 4.0, z = 10.0",
            "∂z/∂x = 7.0 (3 + 4 over two paths), ∂z/∂y = 2.0",
            "x  = Input           Double []  used 3 times",
            "y  = Input           Double []",
            "%2 = Multiply(x, y)  Double []",
            "%3 = Multiply(x, x)  Double []",
            "%4 = Add(%2, %3)     Double []  output",
            "n0([\"x<br/>Double []\"])",
            "n2[\"Multiply<br/>Double []\"]",
            "n3 --> n4",
            "z = 1.1000, loss = 0.0100",
            "∂loss/∂w = 0.4000, ∂loss/∂b = 0.2000",
            "∂f/∂x = [8. 2.], ∂f/∂y = [8. 2.], 2x + 2y = [8. 2.]",
            "of x²: 6   of x³: 27   (a .grad field would now hold 33)",
            "StopGradient(x²) at 3: value 9, gradient 0",
            "ops in the graph of its gradient: 0, without StopGradient 3",
            "0  0.0000  9.0000  -6.0000",
            "1  0.6000  5.7600  -4.8000",
            "2  1.0800  3.6864  -3.8400",
            "3  1.4640  2.3593  -3.0720",
            "4  1.7712  1.5099  -2.4576",
            "5  2.0170  0.9664  -1.9661",
            "6  2.2136  0.6185  -1.5729",
            "7  2.3709  0.3958  -1.2583",
            "8  2.4967  0.2533  -1.0066",
            "9  2.5973  0.1621  -0.8053",
            "final 2.6779",
        ];
        var lines = ExampleRun.Lines("basics.cs", _pictures.FullName);
        Assert.All(figures, figure => Assert.Contains(figure, lines));
        string[] pictures = ["bowl.svg", "chain-rule.svg", "tangent.svg", "valley.svg"];
        Assert.All(pictures, picture => Assert.Equal("svg", XDocument.Load(Path.Combine(_pictures.FullName, picture)).Root!.Name.LocalName));
    }

    public void Dispose() => _pictures.Delete(recursive: true);
}
