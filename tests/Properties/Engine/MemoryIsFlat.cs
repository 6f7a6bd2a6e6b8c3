using System.Globalization;
using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Calls of all kinds, mixed, leave nothing behind. A plain test run makes some thousand; a million, in some minutes:
/// <c>GRAD_CALLS=1000000 dotnet test -c Release --filter MemoryIsFlat</c>.
/// </summary>
[Collection(nameof(MemoryIsFlat))]
[CollectionDefinition(nameof(MemoryIsFlat), DisableParallelization = true)]
public class MemoryIsFlat
{
    private const int SampleSize = 6_000;

    // What may come and go with caches, pools, and the code that the runtime and the emitter make.
    private const long Slack = 48L << 20;

    private static readonly int[] s_lengths = [1, 3, 17, 300, 5_000, 40_000];

    [Fact]
    public void Over_mixed_calls()
    {
        int calls = Environment.GetEnvironmentVariable("GRAD_CALLS") is { } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : SampleSize;
        var random = new Random(1);

        // Until caches and pools are full of what they may hold.
        for (int call = 0; call < calls / 2; call++)
            Call(random);
        var (managed, resident) = Memory();
        for (int call = 0; call < calls / 2; call++)
            Call(random);
        var (managedAfter, residentAfter) = Memory();
        Assert.True(managedAfter < managed + Slack, $"Managed memory grew from {managed:N0} to {managedAfter:N0} bytes.");
        Assert.True(residentAfter < resident + 2 * Slack, $"Memory of the process grew from {resident:N0} to {residentAfter:N0} bytes.");
    }

    private static void Call(Random random)
    {
        NDArray<double> x = NDArray.Ones<double>(s_lengths[random.Next(s_lengths.Length)]) * random.NextDouble();
        int depth = random.Next(1, 12), kind = random.Next(100);
        switch (kind)
        {
            case < 40:
                Ad.Grad(v => Sum(Structure(v, depth, random.Next(1 << 10))), x).AsSpan();
                break;
            case < 60:
                Ad.Grad(v => Structure(v, depth, 5) * (double)v, random.NextDouble());
                break;
            case < 75:
                Ad.ValueAndGrad(v => Sum(Structure(v, depth, random.Next(4))), x).Grad.AsSpan();
                break;
            case < 80:
                Ad.Jacobian(v => Structure(v, depth, 1), x[..Math.Min(x.Length, 3)]).AsSpan();
                break;
            case < 98:
                Fail(x, kind);
                break;
            case < 99:
                var compiled = Ad.Compile((NDArray<double> v) => Sum(Structure(v, depth, random.Next(8))));
                compiled.Invoke(x).AsSpan();
                break;
            default:
                var shapes = Ad.Compile((NDArray<double> v) => v * 2);
                for (int length = 1; length < 20; length++)
                    shapes.Invoke(NDArray.Ones<double>(length)).AsSpan();
                break;
        }
    }

    // Errors of the function's own, of shapes, and of a run under way.
    private static void Fail(NDArray<double> x, int kind)
    {
        Action call = (kind % 3) switch
        {
            0 => () => Ad.Grad<double>(v => Sum(Sin(v)) is { } && x.Length > 0 ? throw new FormatException("mine") : v, x),
            1 => () => Ad.Grad<double>(v => Sum(v * NDArray.Ones<double>(x.Length + 2)) + Concatenate<double>([v, v]), x),
            _ => () => Ad.Grad<double>(v => Sum(Take(v, NDArray.Create<int>([x.Length + 5]))), x),
        };
        Assert.ThrowsAny<Exception>(call);
    }

    private static NDArray<double> Structure(NDArray<double> x, int depth, int bits)
    {
        var y = x;
        for (int k = 0; k < depth; k++)
        {
            y = (bits >> k & 1) == 0 ? Sin(y) + x : y * Exp(-y);
        }

        return y;
    }

    private static (long Managed, long Resident) Memory()
    {
        for (int round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }
}
