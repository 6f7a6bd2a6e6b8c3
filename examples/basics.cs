#:project ../src/Grad.Functional/Grad.Functional.csproj
#:project Plotting/Plotting.csproj

// The basics of automatic differentiation, one small example after the other.
// Run it with: dotnet run examples/basics.cs -c Release

using System.Globalization;
using Grad.Functional;
using Plotting;
using static Grad.Functional.NDMath;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var here = Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string) ?? "examples";
var pictures = args.Length > 0 ? args[0] : Path.Combine(here, "output");
double[] Sweep(double from, double to) => [.. Enumerable.Range(0, 101).Select(i => from + ((to - from) * i / 100))];

Console.WriteLine("1. A derivative is a slope: f(x) = x² + 3x + 2 at x = 2\n");
NDArray<double> Parabola(NDArray<double> x) => x * x + 3 * x + 2;
double At(Func<NDArray<double>, NDArray<double>> f, double x) => f(x).ToScalar();
const double h = 1e-7;
var slope = Ad.Grad(Parabola, 2.0);
Console.WriteLine($"   value                          {At(Parabola, 2)}");
Console.WriteLine($"   forward difference, h = 1e-7   {(At(Parabola, 2 + h) - At(Parabola, 2)) / h:F6}");
Console.WriteLine($"   Ad.Grad                        {slope}\n");
double[] xs = Sweep(-1, 4);
new SvgPlot("The tangent at x = 2", "x", "f(x)")
    .Line(xs, Parabola(xs).ToArray(), "x² + 3x + 2")
    .Line(xs, [.. xs.Select(x => 12 + (slope * (x - 2)))], "tangent, slope 7")
    .Points([2], [12])
    .Save(Path.Combine(pictures, "tangent.svg"));

Console.WriteLine("2. The chain rule: y = u², u = 3x + 1, at x = 2\n");
NDArray<double> U(NDArray<double> x) => 3 * x + 1;
var u = At(U, 2);
var (du, dy) = (Ad.Grad(U, 2.0), Ad.Grad(v => v * v, u));
Console.WriteLine($"   u = {u}, y = {u * u}");
Console.WriteLine($"   local slopes  du/dx = {du}, dy/du = {dy}, their product {du * dy}");
Console.WriteLine($"   Ad.Grad of the whole  {Ad.Grad(x => Square(3 * x + 1), 2.0)}\n");
double[] near = Sweep(0, 4);
new SvgPlot("The chain rule: slopes multiply", "x", "u, y")
    .Line(near, U(near).ToArray(), "u = 3x + 1, slope 3")
    .Line(near, Square(U(near)).ToArray(), "y = u², slope 14 · 3 = 42 at 2")
    .Points([2, 2], [u, u * u])
    .Save(Path.Combine(pictures, "chain-rule.svg"));

Console.WriteLine("3. What is recorded is a graph: z = xy + x² at (2, 3)\n");
NDArray<double> Z(NDArray<double> x, NDArray<double> y) => x * y + x * x;
NDArray<double> two = 2.0, three = 3.0;
var (zx, zy) = Ad.Grad(Z, two, three);
var alongProduct = Ad.Grad(x => x * 3, 2.0);
var alongSquare = Ad.Grad(x => x * x, 2.0);
Console.WriteLine($"   xy = {two * three}, x² = {two * two}, z = {Z(two, three)}");
Console.WriteLine($"   ∂z/∂x = {zx} ({alongProduct} + {alongSquare} over two paths), ∂z/∂y = {zy}\n");
var graph = Ad.Trace(Z, two, three);
Console.WriteLine(Indent(graph.ToString()));
Console.WriteLine("   The same drawn, for any page that renders Mermaid:\n");
Console.WriteLine(Indent(graph.ToMermaid()));

Console.WriteLine("4. A neuron: loss = (wx + b − 1)² at w = 0.5, b = 0.1, x = 2\n");
NDArray<double> Neuron(NDArray<double> w, NDArray<double> b) => w * 2.0 + b;
NDArray<double> weight = 0.5, bias = 0.1;
var (loss, (gw, gb)) = Ad.ValueAndGrad((w, b) => Square(Neuron(w, b) - 1), weight, bias);
Console.WriteLine($"   z = {Neuron(weight, bias).ToScalar():F4}, loss = {loss.ToScalar():F4}");
Console.WriteLine($"   ∂loss/∂w = {gw.ToScalar():F4}, ∂loss/∂b = {gb.ToScalar():F4}\n");

Console.WriteLine("5. Partial derivatives: f = x² + 2xy + y², at x = (1, 2), y = (3, −1), all elements at once\n");
NDArray<double> px = [1.0, 2.0], py = [3.0, -1.0];
var (fx, fy) = Ad.Grad((x, y) => Sum(x * x + 2 * x * y + y * y), px, py);
Console.WriteLine($"   ∂f/∂x = {fx}, ∂f/∂y = {fy}, 2x + 2y = {2 * px + 2 * py}\n");

Console.WriteLine("6. Nothing accumulates: two gradients at x = 3, one after the other\n");
Console.WriteLine($"   of x²: {Ad.Grad(x => x * x, 3.0)}   of x³: {Ad.Grad(x => x * x * x, 3.0)}   (a .grad field would now hold 33)\n");

Console.WriteLine("7. StopGradient: the value is kept, nothing flows back, no graph is kept for it\n");
var stopped = Ad.ValueAndGrad(x => Ad.StopGradient(x * x), 3.0);
var partly = Ad.ValueAndGrad(x => x * Ad.StopGradient(x), 3.0);
Console.WriteLine($"   StopGradient(x²) at 3: value {stopped.Value}, gradient {stopped.Grad}");
Console.WriteLine($"   x · StopGradient(x) at 3: value {partly.Value}, gradient {partly.Grad}");
int GraphOfGradient(Func<NDArray<double>, NDArray<double>> f) => Ad.Trace(x => Ad.Grad(f, x), three).OpCount;
Console.WriteLine($"   ops in the graph of its gradient: {GraphOfGradient(x => Ad.StopGradient(x * x))}, without StopGradient {GraphOfGradient(x => x * x)}\n");

Console.WriteLine("8. Gradient descent: f(x) = (x − 3)² from 0, rate 0.1\n");
Console.WriteLine("   step       x    f(x)     grad");
var position = 0.0;
for (var step = 0; step < 10; step++)
{
    var (value, grad) = Ad.ValueAndGrad(x => Square(x - 3), position);
    Console.WriteLine($"   {step,4}  {position:F4}  {value:F4}  {grad,7:F4}");
    position -= 0.1 * grad;
}

Console.WriteLine($"   final {position:F4}\n");

Console.WriteLine("9. Descent on a surface: a round bowl, and an elongated valley, from (−4, 3)\n");
Descend("bowl", "Descent in a bowl: x² + y²", (x, y) => x * x + y * y, curvatureY: 1, rate: 0.1);
Descend("valley", "Descent in a valley: x² + 10y²", (x, y) => x * x + 10 * y * y, curvatureY: 10, rate: 0.09);
Console.WriteLine($"\nPictures: {string.Join(", ", Directory.GetFiles(pictures, "*.svg").Select(Path.GetFileName).Order(StringComparer.Ordinal))}");

void Descend(string name, string title, Func<NDArray<double>, NDArray<double>, NDArray<double>> f, double curvatureY, double rate)
{
    var (x, y) = (-4.0, 3.0);
    var (pathX, pathY) = (new List<double> { x }, new List<double> { y });
    for (var step = 0; step < 25; step++)
    {
        var (gx, gy) = Ad.Grad(f, x, y);
        (x, y) = (x - (rate * gx.ToScalar()), y - (rate * gy.ToScalar()));
        pathX.Add(x);
        pathY.Add(y);
    }

    var plot = new SvgPlot(title, "x", "y");
    double[] angle = Sweep(0, 2 * Math.PI);
    foreach (var level in (double[])[1, 2, 3, 4, 5])
    {
        plot.Line([.. angle.Select(a => level * Math.Cos(a))], [.. angle.Select(a => level * Math.Sin(a) / Math.Sqrt(curvatureY))], isFaint: true);
    }

    plot.Line([.. pathX], [.. pathY]).Points([.. pathX], [.. pathY]).Save(Path.Combine(pictures, name + ".svg"));
    Console.WriteLine($"   {name,-6}  after 25 steps at ({x:F4}, {y:F4})");
}

static string Indent(string text) => string.Concat(text.TrimEnd().Split('\n').Select(line => $"   {line}\n"));
