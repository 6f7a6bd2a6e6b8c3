#:project ../src/Grad.Functional/Grad.Functional.csproj
#:project Mixture/Mixture.csproj
#:project Plotting/Plotting.csproj

// The tour: exact gradients on real data, beside what finite differences make of the same functions.
// Run it with: dotnet run examples/tour.cs -c Release

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Grad.Functional;
using Mixture;
using Plotting;
using static Grad.Functional.NDMath;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var checks = new Checks();
LinearFit(checks);
AutogradNotebook(checks);
GaussianMixtureFit(checks);
return checks.Verdict();

// ---------------------------------------------------------------------------------------------------------------------------------
// (a) A line fitted to 50 points, in float32, as a notebook did it: why a numerical gradient is not one.
// ---------------------------------------------------------------------------------------------------------------------------------
static void LinearFit(Checks checks)
{
    Console.WriteLine("(a) Linear fit: loss = mean((w·x − y)²), y = 0.7x + 0.1, at w = 1.5, 50 points, float32\n");

    using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "data", "seed-linear-fit.json")));
    var seed = json.RootElement;

    NDArray<float> x = seed.GetProperty("x").EnumerateArray().Select(v => v.GetSingle()).ToArray();
    var (slope, intercept, w) = (seed.GetProperty("slope").GetSingle(), seed.GetProperty("intercept").GetSingle(), seed.GetProperty("w").GetSingle());
    var y = slope * x + intercept;

    NDArray<float> Loss(NDArray<float> w) => Mean(Square(w * x - y));
    var (x64, y64) = (x.Cast<double>(), y.Cast<double>());
    NDArray<double> Loss64(NDArray<double> w) => Mean(Square(w * x64 - y64));

    var exact = Ad.Grad(Loss, w);
    var exact64 = Ad.Grad(Loss64, (double)w);
    Console.WriteLine($"analytical gradient, by Ad.Grad:  {exact:F6}   (the notebook printed {seed.GetProperty("printed").GetProperty("analytical")})\n");

    Console.WriteLine("The central difference (L(w + eps) − L(w − eps)) / 2eps, and how far it is from the exact gradient:\n");
    Console.WriteLine("     eps   float32      |error|   notebook's   its bound    float64              |error|");
    // Rounding noise varies with the order of summation: each float64 error is to be within a factor of 30 of the expected one.
    double[] orders = [1e-15, 1e-15, 3e-13, 1e-12, 1.4e-11, 1.8e-9];
    var (errors, index) = (new Dictionary<double, double>(), 0);
    foreach (var row in seed.GetProperty("step_sizes").EnumerateArray())
    {
        var eps = row.GetProperty("eps").GetDouble();
        var h = (float)eps;
        var naive = (Value(Loss, w + h) - Value(Loss, w - h)) / (2 * h);
        var naive64 = (Value(Loss64, w + eps) - Value(Loss64, w - eps)) / (2 * eps);
        var error = Math.Abs(naive - (double)exact);
        var error64 = Math.Abs(naive64 - exact64);
        var bound = Float32Bound(x64, y64, w, exact64) / eps;
        errors[eps] = error;
        Console.WriteLine($"{eps,8:0e-0}   {naive:F6}   {error,8:0.00e-00}     {row.GetProperty("diff").GetDouble(),8:0.00e-00}    {bound,8:0.0e-00}    {naive64:F15}   {error64,8:0.0e-00}");
        checks.That(error <= bound, $"float32 error at eps {eps:0e-0} within its rounding bound");
        checks.That(error64 <= 30 * orders[index++], $"float64 error at eps {eps:0e-0} of the expected order");
    }

    var rise = errors[1e-7] / errors[1e-2];
    Console.WriteLine($"\nFrom eps 1e-2 to 1e-7 the float32 error rises {rise:0.0e0}-fold. The loss is quadratic, so there is no truncation error to pay");
    Console.WriteLine("for a large step: all of the error is cancellation, and the largest step wins. Ad.Grad takes no step at all.\n");
    checks.That($"{exact:F6}" == "1.720351", "analytical gradient prints 1.720351");
    checks.That(rise >= 1e4, "float32 error rises at least 10⁴-fold");
}

// What rounding can do to the loss in float32: of the residuals w·x − y, their squares, the blocked sum, and of w ± eps itself.
static double Float32Bound(NDArray<double> x, NDArray<double> y, double w, double slope)
{
    const double unit = 1.0 / (1 << 24);
    var residual = w * x - y;
    var residuals = Mean(2 * Abs(residual) * (Abs(w * x) + Abs(residual)) + Square(residual)).ToScalar();
    var sum = (Math.Ceiling(Math.Log2(x.Length)) + 2) * Mean(Square(residual)).ToScalar();
    return unit * (residuals + sum + Math.Abs(slope * w));
}

static string Folder() => Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string) ?? "examples";

static T Value<T>(Func<NDArray<T>, NDArray<T>> f, T at) where T : unmanaged => f(at).ToScalar();

// ---------------------------------------------------------------------------------------------------------------------------------
// (b) The autograd.grad notebook: gradients and Jacobians of a whole batch, and gradients of gradients, each against its closed form.
// ---------------------------------------------------------------------------------------------------------------------------------
static void AutogradNotebook(Checks checks)
{
    Console.WriteLine("(b) Batches: 1000 random points, float64; the largest difference to the closed form\n");

    var (k1, k2) = new RandomKey(42).Split();
    var points = k1.Uniform<double>(1000, 2) * 2 - 1;
    var (x, y) = (points[.., 0], points[.., 1]);
    var ones = NDArray.Ones<double>(1000);

    // f = x₀x₁ + sin(x₀x₁²): one call gives the gradient of every row, seeded with ones.
    var fx = y + y * y * Cos(x * y * y);
    var fy = x + 2 * x * y * Cos(x * y * y);
    var rows = Ad.Grad(p => p[.., 0] * p[.., 1] + Sin(p[.., 0] * Square(p[.., 1])), points, gradOutputs: ones);
    checks.Close("gradient of every row, one input [1000, 2]", rows, Stack([fx, fy], axis: 1));
    var (gx, gy) = Ad.Grad((a, b) => a * b + Sin(a * Square(b)), x, y, gradOutputs: ones);
    checks.Close("the same with two inputs, x", gx, fx);
    checks.Close("the same with two inputs, y", gy, fy);
    var v = k2.Normal<double>(1000);
    checks.Close("any vᵀJ with a v of your choice", Ad.Vjp(a => a * y + Sin(a * Square(y)), x, v).Product, v * fx);

    // (xy, sin(x + y²), x² − 3y): the Jacobian of every sample in one call.
    NDArray<double> G(NDArray<double> p) => Stack([p[.., 0] * p[.., 1], Sin(p[.., 0] + Square(p[.., 1])), Square(p[.., 0]) - 3 * p[.., 1]], axis: 1);
    var c = Cos(x + y * y);
    var jacobian = Stack([Stack([y, x], axis: 1), Stack([c, 2 * y * c], axis: 1), Stack([2 * x, -3 * ones], axis: 1)], axis: 1);
    var perSample = Ad.BatchJacobian(G, points);
    checks.Close($"per-sample Jacobian {perSample.Shape}, one call", perSample, jacobian);
    NDArray<double> Row(int i) => Ad.Grad(p => G(p)[.., i], points, gradOutputs: ones);
    checks.Close("the same by three seeded calls", Stack([Row(0), Row(1), Row(2)], axis: 1), jacobian);
    NDArray<double> G2(NDArray<double> a, NDArray<double> b) => Stack([a * b, Sin(a + Square(b)), Square(a) - 3 * b], axis: 1);
    checks.Close("the same, x alone as input", Ad.BatchJacobian(a => G2(a, y), x), jacobian[.., .., 0]);
    checks.Close("the same, y alone as input", Ad.BatchJacobian(b => G2(x, b), y), jacobian[.., .., 1]);

    // The notebook's last cell fails there: "element 0 of tensors does not require grad". Here a gradient is a function like any other.
    NDArray<double> GradX(NDArray<double> a, NDArray<double> b) => Ad.Grad(u => G2(u, b), a, gradOutputs: 1.0);
    var (gradXX, gradXY) = Ad.Grad(GradX, x, y, gradOutputs: ones);
    checks.Close("gradient: y + cos(x + y²) + 2x", GradX(x, y), y + c + 2 * x);
    checks.Close("gradient of the gradient, xx: 2 − sin(x + y²)", gradXX, 2 - Sin(x + y * y));
    checks.Close("gradient of the gradient, xy: 1 − 2y·sin(x + y²)", gradXY, 1 - 2 * y * Sin(x + y * y));
    var third = Ad.Grad(a => Ad.Grad(u => GradX(u, y), a, gradOutputs: 1.0), x, gradOutputs: ones);
    checks.Close("third order, xxx: −cos(x + y²)", third, -c);
    var linear = Ad.Grad(a => Ad.Grad(u => 3 * u, a, gradOutputs: 1.0), x, gradOutputs: ones);
    checks.Close("second derivative of a linear function: zero, no error", linear, 0 * ones);
    Console.WriteLine();
}

// ---------------------------------------------------------------------------------------------------------------------------------
// (c) A real model: the log posterior of a Gaussian mixture, 1,000 points in 10 dimensions, 10 components, 660 parameters. It is written
//     as one writes it down (Mixture/GaussianMixture.cs); its gradient comes back as the same record of parameters.
// ---------------------------------------------------------------------------------------------------------------------------------
static void GaussianMixtureFit(Checks checks)
{
    Console.WriteLine("(c) A Gaussian mixture: 1,000 points in 10 dimensions, 10 components, float64\n");
    var (model, at, expected, expectedGradient) = GradBenchFile.Read(Path.Combine(Folder(), "data", "gmm-10_10_1000.json"));
    var (value, gradient) = Ad.ValueAndGrad<Parameters, double>(model.LogPosterior, at);

    // The measure of the suite that the data are from.
    static double Error(double a, double b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a) + Math.Abs(b));
    var worst = gradient.Flat().Zip(expectedGradient.Flat(), Error).Max();
    Console.WriteLine($"  log posterior {value.ToScalar():F6}, expected {expected:F6}                {Error(value.ToScalar(), expected):0.0e-00}");
    Console.WriteLine($"  worst of {gradient.Count} partial derivatives against hand-written C++     {worst:0.0e-00}");
    checks.That(Error(value.ToScalar(), expected) <= 1e-9, "log posterior to 1e-9");
    checks.That(worst <= 1e-9, "every partial derivative to 1e-9");

    // A random subset of the parameters, checked against central differences of the objective itself.
    var flat = NDArray.Create<double>(at.Flat());
    int[] some = [.. Enumerable.Range(0, at.Count)];
    new Random(5).Shuffle(some);
    Array.Resize(ref some, 24);
    var report = GradCheck.Check(v => model.LogPosterior(at.FromFlat(flat.At[some].Set(v))), flat[some]);
    Console.WriteLine($"  GradCheck of {some.Length} of them, drawn at random: {report.Verdict}, relative error {report.RelativeError:0.0e-00}\n");
    checks.That(report.Passed, "GradCheck of a random subset");

    // Gradient ascent with backtracking, from perturbed parameters.
    var (key, start) = (new RandomKey(11), Stopwatch.GetTimestamp());
    var parameters = at.FromFlat(flat + (0.3 * key.Normal<double>(flat.Length)));
    var (objective, direction) = Ad.ValueAndGrad<Parameters, double>(model.LogPosterior, parameters);
    var (curve, step, gradients, inGradients) = (new List<double> { objective.ToScalar() }, 1e-4, 1, TimeSpan.Zero);
    for (var plateau = 0; plateau < 5 && gradients < 2_000;)
    {
        var (from, slope) = (parameters.Flat(), direction.Flat());
        var squared = slope.Sum(g => g * g);
        Parameters Along(double length) => parameters.FromFlat([.. from.Zip(slope, (p, g) => p + (length * g))]);

        // A step is taken if it gains at least a thousandth of what the slope promises; else it is halved.
        step *= 2;
        while (!(model.LogPosterior(Along(step)).ToScalar() >= curve[^1] + (1e-3 * step * squared)) && step > 1e-12)
        {
            step /= 2;
        }

        parameters = Along(step);
        var began = Stopwatch.GetTimestamp();
        (objective, direction) = Ad.ValueAndGrad<Parameters, double>(model.LogPosterior, parameters);
        curve.Add(objective.ToScalar());
        inGradients += Stopwatch.GetElapsedTime(began);
        gradients++;
        plateau = curve[^1] - curve[^2] < 1e-5 * Math.Abs(curve[^1]) ? plateau + 1 : 0;
        if (!Console.IsOutputRedirected)
        {
            var milliseconds = inGradients.TotalMilliseconds / gradients;
            Console.Write($"\r  step {gradients,4}   log posterior {curve[^1],14:F2}   gain {curve[^1] - curve[^2],9:F3}   {milliseconds,5:F1} ms a gradient ");
        }
    }

    var picture = Path.Combine(Folder(), "output", "mixture.svg");
    new SvgPlot("Fitting a Gaussian mixture by gradient ascent", "step", "log posterior")
        .Line([.. Enumerable.Range(0, curve.Count).Select(i => (double)i)], [.. curve])
        .Save(picture);
    Console.WriteLine(Console.IsOutputRedirected ? "" : "\n");
    var perGradient = inGradients.TotalMilliseconds / (gradients - 1);
    var inAll = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine($"  fit from {curve[0]:F1} to {curve[^1]:F1} in {gradients} gradients, {perGradient:F1} ms each with the value, {inAll:F1} s in all");
    Console.WriteLine($"  its curve: {Path.GetRelativePath(Directory.GetCurrentDirectory(), picture)}\n");
    checks.That(curve.Zip(curve.Skip(1), (a, b) => b > a).All(rose => rose), "the fit rises at every step");
    checks.That(gradients < 2_000, "the fit reaches its plateau");
}

/// <summary>What the tour claims, counted.</summary>
internal sealed class Checks
{
    private int _held;
    private readonly List<string> _failed = [];

    public void That(bool holds, string claim)
    {
        if (holds)
        {
            _held++;
        }
        else
        {
            _failed.Add(claim);
        }
    }

    public void Close(string what, NDArray<double> ours, NDArray<double> exact)
    {
        var worst = ours.Shape == exact.Shape ? ours.ToArray().Zip(exact.ToArray(), (a, b) => Math.Abs(a - b)).Max() : double.NaN;
        Console.WriteLine($"  {what,-58} {worst:0.0e-00}");
        That(worst <= 1e-12, $"{what} to 1e-12");
    }

    public int Verdict()
    {
        foreach (var claim in _failed)
        {
            Console.WriteLine($"FAILED: {claim}");
        }

        Console.WriteLine(_failed.Count == 0
            ? $"Verdict: all {_held} checks hold. The gradients are exact to rounding; the finite differences are not."
            : $"Verdict: {_failed.Count} of {_held + _failed.Count} checks FAILED.");
        return _failed.Count == 0 ? 0 : 1;
    }
}
