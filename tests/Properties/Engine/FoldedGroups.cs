using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Reductions of what a group makes are of the group: no step of their own, and the bits of the recording evaluated op by op, whether tile by tile
/// or as emitted code.
/// </summary>
[Trait("Category", "Leg")]
public unsafe class FoldedGroups
{
    private static readonly int[] s_lengths = [2, 3, 7, 63, 64, 65, 100, 511, 1000, 1023, 1024, 1025, 2047, 2048, 2049, 3000, 4097, 5000, 70_001];
    private static readonly int[] s_columns = [1, 3, 8, 100, 1000, 5000];
    private static readonly int[] s_rows = [1, 2, 7, 33];

    private delegate NDArray<T>[] Function<T>(NDArray<T> x) where T : unmanaged;

    [Fact]
    public void Whole_arrays()
    {
        foreach (int length in s_lengths)
        {
            Check(Whole, Whole, 5, length);
            Check(SinExp, SinExp, 1, length);
        }
    }

    [Fact]
    public void Rows()
    {
        foreach (int columns in s_columns)
        {
            foreach (int rows in s_rows)
            {
                // A sum of one element is none.
                if (rows * columns > 1)
                    Check(OfRows, OfRows, columns > 1 ? 5 : 2, rows, columns);
            }
        }
    }

    [Fact]
    public void Masks_and_broadcasts()
    {
        foreach (int columns in s_columns)
            Check(Masked, Masked, 4, 5, columns);
    }

    [Fact]
    public void What_no_group_makes_is_folded_in_a_step_of_its_own() => Check(Apart, Apart, 0, 3, 4, 5);

    [Fact]
    public void What_is_the_same_for_all_elements_is_not_read_from_memory()
    {
        NDArray<double> x = NDArray.Ones<double>(1000);
        using var recording = new Recording();
        var input = (NDArray<double>)x.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        var (value, grad) = Ad.ValueAndGrad(v => Sum((Square(v) * 3) - Sin(v)), input);
        var group = PlanBuilder.Build([input], [value, grad]).Steps.ToArray().OfType<TiledStep>().Single();
        Assert.Single(group.Code!.Inputs, read => read.Runs);
    }

    private static NDArray<T>[] Whole<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> =>
        [Sum(Tan(x) * x), Sum(x * x), Max(Cos(x)), Min(x + 1), Mean(x - 3)];

    private static NDArray<T>[] SinExp<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => [Sum(Sin((2 * x) + 1) * Exp(-x * x))];

    // Of everything and of rows; what is summed last is wanted as it is too.
    private static NDArray<T>[] OfRows<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var square = Square(x);
        return [Sum(Exp(x) / 2), Sum(square, -1), Max(-x, -1), Min(x * x * x, -1), Sum(square), square];
    }

    // Numbers outside fast ranges, and a broadcast whose adjoint adds up over rows.
    private static NDArray<T>[] Masked<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scale = Exp(x[0]);
        var rare = Where(x > T.CreateChecked(1.5), Sin(x * T.CreateChecked(1e9)), x);
        return [Sum(Where(x > T.Zero, Log(x), x * scale)), Sum(rare, -1), Max(Tan(rare) + scale), Min(Where(x > T.Zero, x, scale * x), -1)];
    }

    private static NDArray<T>[] Apart<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T> => [Sum(x), Sum(x * x, [0, 2]), Norm(x * x)];

    private static void Check(Function<double> f, Function<float> g, int folds, params int[] shape)
    {
        var x = new RandomKey(11).Normal<double>(shape);
        Check(f, x, folds);
        Check(g, x.Cast<float>(), folds);
    }

    private static void Check<T>(Function<T> f, NDArray<T> x, int folds) where T : unmanaged
    {
        var variable = (NDArray<T>)x.MakeLeaf(VariableOp.Instance, 0, placeholder: false);
        var direct = WithGradient(f, variable).ConvertAll(NodeBits.Of);

        using var recording = new Recording();
        var input = (NDArray<T>)x.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        var outputs = WithGradient(f, input);
        var plan = PlanBuilder.Build([input], [.. outputs]);
        int found = 0;
        foreach (var step in plan.Steps)
            found += step is TiledStep group ? group.Folds.Length : 0;
        Assert.True(found >= folds, $"{found} of {folds} folds are in groups, for shape {x.Shape}.");

        Assert.Equal(direct, Run(plan, x, outputs));
        plan.Emit();
        foreach (var step in plan.Steps)
            Assert.Equal(step.Work > 0 && Vector128.IsHardwareAccelerated && RuntimeFeature.IsDynamicCodeSupported, step.IsEmitted);
        Assert.Equal(direct, Run(plan, x, outputs));
    }

    private static List<Node> WithGradient<T>(Function<T> f, NDArray<T> x) where T : unmanaged
    {
        var outputs = f(x);
        return [.. outputs, .. Derivatives.Gradient(outputs[0], [x], UnusedInputs.Zeros, null)];
    }

    private static List<string> Run<T>(Plan plan, NDArray<T> x, List<Node> outputs) where T : unmanaged
    {
        var source = GC.AllocateArray<T>(x.Length, pinned: true);
        x.CopyTo(source);
        var results = outputs.ConvertAll(output => GC.AllocateArray<T>(output.Length, pinned: true));
        plan.Run([Address(source)], [.. results.Select(Address)]);
        return [.. outputs.Zip(results, (output, result) => NodeBits.Of(NDArray.Create<T>(result, [.. output.Shape])))];
    }

    private static nint Address<T>(T[] array) where T : unmanaged => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
}
