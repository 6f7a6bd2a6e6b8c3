using System.Globalization;
using System.Runtime.Intrinsics;
using Bench.Peers;

namespace Bench;

/// <summary>Every comparison with a peer, in one run, contenders in turns; those with a bar say whether it is met.</summary>
internal static class Bars
{
    private static int s_missed;

    /// <summary>The folder that holds Grad.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <param name="filter">Parts of names; none means all.</param>
    public static int Run(string[] filter)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine($"{Environment.ProcessorCount} processors, {Instructions()}; .NET {Environment.Version}");
        Console.WriteLine("Nanoseconds a call, medians; ratio: median of the rounds' ratios, ours to the peer's (below 1 is faster).\n");
        Console.WriteLine($"{"",-36}{"ours",14}{"peer",14}{"ratio",8}  bar");
        bool Wanted(string name) => filter.Length == 0 || filter.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

        foreach (var n in (int[])[1_024, 1_000_000])
        {
            var e = new Elementwise { N = n };
            e.Setup();
            foreach (var (name, ours, peer, bar) in Functions(e, n))
            {
                if (Wanted(name))
                {
                    Show($"{name}, n = {n}, TensorPrimitives", Alternating.Measure(ours, peer), bar);
                }
            }

            var r = new Reduction { N = n };
            r.Setup();
            if (Wanted("sum"))
            {
                Show($"sum f64, n = {n}, TensorPrimitives", Alternating.Measure(() => r.Sum(), () => r.Sum_TensorPrimitives()));
                Show($"dot f64, n = {n}, TensorPrimitives", Alternating.Measure(() => r.Dot(), () => r.Dot_TensorPrimitives()));
            }
        }

        Fusion(Wanted);
        if (Wanted("gemm"))
        {
            Products();
        }

        using var torch = Torch.Start();
        Console.WriteLine(torch is null
            ? "\nPyTorch is not installed: its rows are left out, and no bar against it counts."
            : $"\nPyTorch {torch.Version}, one thread:");
        Gradients(torch, Wanted);
        Console.WriteLine(s_missed == 0 ? "\nNo bar is missed." : $"\n{s_missed} bars are MISSED.");
        return s_missed == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Name, Action Ours, Action Peer, double? Bar)> Functions(Elementwise e, int n)
    {
        double? At1024(double bar) => n == 1_024 ? bar : null;
        yield return ("exp f64", e.Exp, e.Exp_TensorPrimitives, At1024(0.67));
        yield return ("log f64", e.Log, e.Log_TensorPrimitives, At1024(0.76));
        yield return ("sin f64", e.Sin, e.Sin_TensorPrimitives, At1024(0.42));
        yield return ("cos f64", e.Cos, e.Cos_TensorPrimitives, null);
        yield return ("tanh f64", e.Tanh, e.Tanh_TensorPrimitives, null);
        yield return ("sigmoid f64", e.Sigmoid, e.Sigmoid_TensorPrimitives, null);
        yield return ("exp f32", e.ExpFloat, e.ExpFloat_TensorPrimitives, At1024(0.44));
        yield return ("log f32", e.LogFloat, e.LogFloat_TensorPrimitives, null);
        yield return ("sin f32", e.SinFloat, e.SinFloat_TensorPrimitives, null);
        yield return ("tanh f32", e.TanhFloat, e.TanhFloat_TensorPrimitives, null);
    }

    private static void Fusion(Func<string, bool> wanted)
    {
        foreach (var n in (int[])[1_000, 65_536, 1_000_000])
        {
            var f = new Fused { N = n };
            f.Setup();
            foreach (var (name, ours, hand, kernels) in ((string, Action, Action, Action?)[])[
                ("sin·exp and slope", f.SinExp, f.SinExp_HandFused, null),
                ("16 cheap ops", f.Cheap, f.Cheap_HandFused, f.Cheap_OpByOp),
                ("16 functions", f.Chain, f.Chain_HandFused, f.Chain_OpByOp)])
            {
                if (!wanted("fused " + name))
                {
                    continue;
                }

                Show($"fused {name}, n = {n}, by hand", Alternating.Measure(ours, hand), 1.1);
                if (kernels is not null)
                {
                    Show($"fused {name}, n = {n}, op by op", Alternating.Measure(ours, kernels));
                }
            }
        }
    }

    private static void Products()
    {
        if (!OpenBlas.IsInstalled)
        {
            Console.WriteLine("OpenBLAS is not installed: its rows are left out, and no bar against it counts.");
            return;
        }

        foreach (var n in (int[])[32, 64, 128, 256, 512, 1_024])
        {
            var gemm = new Gemm { N = n };
            gemm.Setup();
            double? bar = n >= 256 ? 1 / 0.9 : null;
            Show($"gemm f32, n = {n}, OpenBLAS", Alternating.Measure(gemm.Float, gemm.Float_OpenBlas), bar);
            Show($"gemm f64, n = {n}, OpenBLAS", Alternating.Measure(gemm.Double, gemm.Double_OpenBlas), bar);
        }
    }

    private static void Gradients(Torch? torch, Func<string, bool> wanted)
    {
        var notebook = new NotebookGradient();
        notebook.Setup();
        var chain = new SizeOneChain();
        Against("notebook gradient", () => notebook.Gradient().Item1.AsSpan(), () => notebook.Gradient_Loop(), 1 / 5.0);
        Against("notebook Jacobian", () => notebook.Jacobian().AsSpan(), null);
        foreach (var (n, name) in ((int, string)[])[(1_000, "sin·exp 1e3"), (100_000, "sin·exp 1e5"), (10_000_000, "sin·exp 1e7")])
        {
            if (wanted(name))
            {
                var gradient = new SinExpGradient { N = n };
                gradient.Setup();
                Against(name, () => gradient.Gradient().AsSpan(), () => gradient.Gradient_Loop());
            }
        }

        Against("chain", () => chain.Gradient().AsSpan(), () => chain.Gradient_ByHand());
        if (wanted("chain"))
        {
            var perOp = Alternating.Measure(() => chain.Gradient().AsSpan()) / SizeOneChain.Ops;
            s_missed += perOp <= 300 ? 0 : 1;
            Console.WriteLine($"{"size-1 chain, ns an op, all in",-36}{perOp,14:F0}{"",22}  ≤ 300: {(perOp <= 300 ? "met" : "MISSED")}");
        }

        if (wanted("mixture"))
        {
            var mixture = new MixtureGradient();
            mixture.Setup();
            Show("mixture, gradient to value", Alternating.Measure(() => mixture.Gradient().Mu.AsSpan(), () => mixture.Value().AsSpan()));
        }

        void Against(string name, Action ours, Action? loop, double? bar = null)
        {
            if (!wanted(name))
            {
                return;
            }

            if (torch is not null)
            {
                Show($"{name}, PyTorch", Alternating.OfSamples(Alternating.Sampler(ours), () => torch.Sample(name)), bar);
            }

            if (loop is not null)
            {
                Show($"{name}, loop by hand", Alternating.Measure(ours, loop));
            }
        }
    }

    private static void Show(string name, Alternating times, double? bar = null)
    {
        var verdict = bar is { } most ? $"  ≤ {most:F2}: {(times.Ratio <= most ? "met" : "MISSED")}" : "";
        s_missed += bar is { } limit && times.Ratio > limit ? 1 : 0;
        Console.WriteLine($"{name,-36}{times.Ours,14:N0}{times.Peer,14:N0}{times.Ratio,8:F2}{verdict}");
    }

    private static string Instructions() =>
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : "128-bit vectors";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Grad.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Grad.sln is in no folder above the benchmarks. Run them from a checkout.");
    }
}
