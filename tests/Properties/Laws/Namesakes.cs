using System.Numerics;
using System.Reflection;
using Grad.Functional;
using Properties.Support;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Laws;

/// <summary>
/// A function of NDMath that has the name of a function of System.Math, or of double's generic mathematics, is that function: within a few
/// units in the last place, at special values too. Found by reflection, so that a wrong function cannot hide behind a reference that was
/// written with it.
/// </summary>
public class Namesakes(ITestOutputHelper output)
{
    private const double Few = 6;

    // The framework's own cancel near zero, its cosine and tangent lose 8 and 14 units at the double nearest to a multiple of π/2: these names only, and
    // what stands in for them.
    private static readonly Dictionary<string, Func<double, double>> s_cancelling = new()
    {
        ["ExpM1"] = x => DoubleDouble.ExpM1(x).Hi,
        ["Exp2M1"] = x => DoubleDouble.ExpM1(x * DoubleDouble.Log(2)).Hi,
        ["Exp10M1"] = x => DoubleDouble.ExpM1(x * DoubleDouble.Log(10)).Hi,
        ["LogP1"] = x => DoubleDouble.LogP1(x).Hi,
        ["Log2P1"] = x => (DoubleDouble.LogP1(x) / DoubleDouble.Log(2)).Hi,
        ["Cos"] = x => Math.Abs(Math.Cos(x)) < 1e-15 ? DoubleDouble.Cos(x).Hi : Math.Cos(x),
        ["Tan"] = x => Math.Abs(Math.Tan(x)) > 1e15 ? DoubleDouble.Tan(x).Hi : Math.Tan(x),
        ["Log10P1"] = x => (DoubleDouble.LogP1(x) / DoubleDouble.Log(10)).Hi,
    };

    public static TheoryData<string> Functions => [.. Pairs().Select(pair => pair.Key)];

    [Fact]
    public void The_elementary_functions_are_among_them()
    {
        string[] some = ["Abs(array)", "Sqrt(array)", "Exp(array)", "Log(array)", "Sin(array)", "Tan(array)", "Tanh(array)", "Truncate(array)",
            "ExpM1(array)", "Asin(array)", "Atan2(array, array)", "Hypot(array, array)", "Pow(array, number)"];
        Assert.Empty(some.Except(Pairs().Select(pair => pair.Key)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Agree(string function)
    {
        var (own, reference) = Pairs()[function];
        Compare<double>(function, own, reference, (actual, expected) => Ulp.Error(actual, expected));
        Compare<float>(function, own, reference, (actual, expected) => Ulp.Error(actual, expected));
    }

    private void Compare<T>(string name, MethodInfo own, Func<double[], double> reference, Func<T, double, double> error)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var method = own.MakeGenericMethod(typeof(T));
        var parameters = method.GetParameters();
        T[] points = [.. Samples.Special<T>(), .. Samples.Mixed<T>(3_000, 21), .. Samples.Between<T>(-2, 2, 1_000)];
        T[] others = parameters.Length == 1 ? [T.One] : [.. Samples.Special<T>().Where((_, i) => i % 4 == 0), .. Samples.Mixed<T>(40, 22)];
        double worst = 0;
        foreach (T other in others)
        {
            object second = parameters[^1].ParameterType == typeof(T) ? (object)other : NDArray.Full(other, points.Length);
            object[] arguments = parameters.Length == 1 ? [NDArray.Create<T>(points)] : [NDArray.Create<T>(points), second];
            T[] actual = ((NDArray<T>)method.Invoke(null, arguments)!).ToArray();
            Assert.Equal(points.Length, actual.Length);
            for (int i = 0; i < points.Length; i++)
            {
                double x = double.CreateTruncating(points[i]), y = double.CreateTruncating(other);
                double expected = reference(parameters.Length == 1 ? [x] : [x, y]);
                double ulps = error(actual[i], expected);
                Assert.True(
                    ulps <= Few,
                    $"{name} of {typeof(T).Name} at {Bits.Describe(points[i])}, {Bits.Describe(other)}: {Bits.Describe(actual[i])}, "
                        + $"{own.Name} of the framework {Bits.Describe(expected)}, {ulps:G3} ULP.");
                worst = Math.Max(worst, ulps);
            }
        }

        output.WriteLine($"{name} of {typeof(T).Name}: {worst:F2} ULP.");
    }

    private static Dictionary<string, (MethodInfo Own, Func<double[], double> Reference)> Pairs()
    {
        var pairs = new Dictionary<string, (MethodInfo, Func<double[], double>)>();
        foreach (var own in typeof(NDMath).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (own.IsGenericMethodDefinition && own.GetGenericArguments() is [var element] && Signature(own, element) is { } signature
                && Reference(own.Name, own.GetParameters().Length) is { } reference)
            {
                pairs.Add($"{own.Name}({signature})", (own, reference));
            }
        }

        return pairs;
    }

    // One or two operands, the first an array, and an array of the same elements as the result.
    private static string? Signature(MethodInfo method, Type element)
    {
        var array = typeof(NDArray<>).MakeGenericType(element);
        var kinds = method.GetParameters().Select(p => p.ParameterType == array ? "array" : p.ParameterType == element ? "number" : null).ToArray();
        return method.ReturnType == array && kinds.Length is 1 or 2 && kinds[0] == "array" && !kinds.Contains(null) ? string.Join(", ", kinds) : null;
    }

    private static Func<double[], double>? Reference(string name, int operands)
    {
        if (operands == 1 && s_cancelling.TryGetValue(name, out var exact))
            return x => exact(x[0]);
        Type[] types = [.. Enumerable.Repeat(typeof(double), operands)];
        var method = typeof(Math).GetMethod(name, types) ?? typeof(double).GetMethod(name, BindingFlags.Public | BindingFlags.Static, types);
        if (method is null || method.ReturnType != typeof(double))
            return null;
        if (operands == 1)
        {
            var unary = method.CreateDelegate<Func<double, double>>();
            return x => unary(x[0]);
        }

        var binary = method.CreateDelegate<Func<double, double, double>>();
        return x => binary(x[0], x[1]);
    }
}
