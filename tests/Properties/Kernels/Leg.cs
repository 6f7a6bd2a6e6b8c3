using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Properties.Kernels;

/// <summary>
/// An instruction-set leg: the laws once more in a fresh process that has less hardware, or believes so, or may not make code. Tests with the
/// trait Category = Leg take part; <see cref="InstructionSetLegs"/> starts the processes.
/// </summary>
/// <param name="Name">What the leg is called in messages and in the variable that tells a process which leg it is.</param>
/// <param name="Switch">The environment variable that takes away what the leg lacks.</param>
/// <param name="Value">What the variable is set to.</param>
/// <param name="Widest">Bits of the widest accelerated vector in the leg.</param>
/// <param name="IsLess">Whether the leg differs from this process: whether there is anything to take away.</param>
public sealed record Leg(string Name, string Switch, string Value, int Widest, bool IsLess)
{
    /// <summary>The variable that names the leg in the process of a leg.</summary>
    public const string Variable = "GRAD_LEG";

    /// <summary>No 512-bit vectors.</summary>
    public static Leg NoAvx512 { get; } = new("AVX-512 off", "DOTNET_EnableAVX512", "0", Avx2.IsSupported ? 256 : 128, Vector512.IsHardwareAccelerated);

    /// <summary>
    /// Vectors of 256 bits preferred on hardware that has 512, as the runtime itself prefers on some processors: the laws of the kernels, which then choose
    /// by width while the instructions of AVX-512 are there.
    /// </summary>
    public static Leg Prefers256 { get; } = new("256 bits preferred", "DOTNET_PreferredVectorBitWidth", "256", 256, Vector512.IsHardwareAccelerated)
    {
        Tests = "Category=Leg&FullyQualifiedName~Properties.Kernels",
    };

    /// <summary>No 256-bit vectors and no fused multiply-add: what ahead-of-time compilation assumes by default.</summary>
    public static Leg NoAvx2 { get; } = new("AVX2 off", "DOTNET_EnableAVX2", "0", 128, Avx2.IsSupported);

    /// <summary>No vectors at all.</summary>
    public static Leg NoVectors { get; } = new("all off", "DOTNET_EnableHWIntrinsic", "0", 0, Vector128.IsHardwareAccelerated);

    /// <summary>No code at run time, as in a program that was compiled ahead of time: the laws of the engine.</summary>
    public static Leg NoDynamicCode { get; } =
        new("dynamic code off", "DOTNET_STARTUP_HOOKS", typeof(Leg).Assembly.Location, WidestHere, RuntimeFeature.IsDynamicCodeSupported)
        {
            Tests = "Category=Leg&(FullyQualifiedName~Properties.Engine|FullyQualifiedName~InstructionSetLegs)",
        };

    /// <summary>The legs.</summary>
    public static Leg[] All { get; } = [NoAvx512, Prefers256, NoAvx2, NoVectors, NoDynamicCode];

    /// <summary>The filter of the tests that take part.</summary>
    public string Tests { get; init; } = "Category=Leg";

    /// <summary>The leg that this process runs, or null: the default.</summary>
    public static string? Current => Environment.GetEnvironmentVariable(Variable);

    /// <summary>Whether this process should emit code: whether it may, and has vectors to do it for.</summary>
    public static bool EmitsHere => Vector128.IsHardwareAccelerated && RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>Bits of the widest vector that the hardware of this process has; 0 if none.</summary>
    public static int WidestHere =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
}

/// <summary>A test that runs a leg: skipped inside a leg, and where the hardware has nothing that the leg would take away.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LegFactAttribute : FactAttribute
{
    public LegFactAttribute(string leg)
    {
        if (Leg.Current is not null)
            Skip = "Inside a leg.";
        else if (!Leg.All.Single(candidate => candidate.Name == leg).IsLess)
            Skip = $"The hardware lacks what the leg '{leg}' would take away.";
    }
}
