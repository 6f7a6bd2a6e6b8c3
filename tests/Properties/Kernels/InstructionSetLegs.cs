using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Xml.Linq;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Kernels;

/// <summary>The laws on every path that the kernels have: each leg is a process of its own, because a process has one path only.</summary>
public class InstructionSetLegs(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [LegFact("AVX-512 off")]
    public void Without_avx512() => Run(Leg.NoAvx512);

    [LegFact("256 bits preferred")]
    public void With_256_bits_preferred() => Run(Leg.Prefers256);

    [LegFact("AVX2 off")]
    public void Without_avx2_and_fma() => Run(Leg.NoAvx2);

    [LegFact("all off")]
    public void Without_vectors() => Run(Leg.NoVectors);

    [LegFact("dynamic code off")]
    public void Without_dynamic_code() => Run(Leg.NoDynamicCode);

    [Fact]
    [Trait("Category", "Leg")]
    public void The_process_has_the_path_that_its_leg_names()
    {
        output.WriteLine($"{Leg.Current ?? "default"}: widest vector {Leg.WidestHere} bits, fused multiply-add {Fma.IsSupported}, dynamic code {RuntimeFeature.IsDynamicCodeSupported}.");
        if (Leg.Current is not { } name)
            return;
        int expected = int.Parse(name[(name.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        Assert.Equal(expected, Leg.WidestHere);
        Assert.Equal(expected >= 256, Fma.IsSupported);
        Assert.Equal(!name.StartsWith(Leg.NoDynamicCode.Name, StringComparison.Ordinal), RuntimeFeature.IsDynamicCodeSupported);
    }

    private void Run(Leg leg)
    {
        string results = Directory.CreateTempSubdirectory("grad-leg-").FullName;
        try
        {
            var (exitCode, text) = RunTests(leg, results);
            string? report = Directory.EnumerateFiles(results, "*.trx", SearchOption.AllDirectories).SingleOrDefault();
            Assert.True(report is not null, $"Leg '{leg.Name}' left no report (exit code {exitCode}):\n{text}");

            var tests = XDocument.Load(report).Descendants().Where(element => element.Name.LocalName == "UnitTestResult").ToArray();
            var passed = tests.Where(test => test.Attribute("outcome")?.Value == "Passed").ToArray();
            output.WriteLine($"Leg '{leg.Name}': {tests.Length} tests, {passed.Length} passed.");
            Assert.True(exitCode == 0 && passed.Length == tests.Length, $"Leg '{leg.Name}' (exit code {exitCode}):\n{text}");
            Assert.Contains(
                passed, test => test.Attribute("testName")!.Value.EndsWith(nameof(The_process_has_the_path_that_its_leg_names), StringComparison.Ordinal));
            Assert.True(passed.Length > 1, $"Leg '{leg.Name}' ran no laws.");
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    private static (int ExitCode, string Text) RunTests(Leg leg, string results)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "vstest", typeof(InstructionSetLegs).Assembly.Location, $"--TestCaseFilter:{leg.Tests}",
                "--logger:trx", $"--ResultsDirectory:{results}",
            },
            Environment =
            {
                [leg.Switch] = leg.Value,
                [Leg.Variable] = string.Create(CultureInfo.InvariantCulture, $"{leg.Name}: {leg.Widest}"),
            },
        };
        using var process = Process.Start(start)!;
        var standardOutput = process.StandardOutput.ReadToEndAsync();
        var standardError = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        return (process.ExitCode, standardOutput.Result + standardError.Result);
    }
}
