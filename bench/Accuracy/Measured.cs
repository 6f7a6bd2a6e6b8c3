using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace Accuracy;

/// <summary>What has been measured of a function on one instruction set.</summary>
/// <param name="Function">The function.</param>
/// <param name="Type">float or double.</param>
/// <param name="Path">The instruction set.</param>
/// <param name="Stride">Of floats: every how manieth. Of doubles 0.</param>
/// <param name="Points">The arguments so far.</param>
/// <param name="Next">Where a sweep goes on: of floats the bit pattern, 2³² when it is complete; of others the chunk.</param>
/// <param name="MaxUlp">The largest error; −1 where only bits were collected.</param>
/// <param name="Worst">The argument that had it.</param>
/// <param name="SumUlp">The sum of all errors that are finite.</param>
/// <param name="Hash">Of the bits of all results, in any order.</param>
internal sealed record Measured(
    string Function, string Type, string Path, uint Stride, long Points, long Next, double MaxUlp, string Worst, double SumUlp, ulong Hash)
{
    private static readonly Lock s_lock = new();

    /// <summary>The instruction set of this process.</summary>
    public static string Here { get; } =
        Vector512.IsHardwareAccelerated ? "AVX-512"
        : Vector256.IsHardwareAccelerated ? "AVX2, FMA"
        : Vector128.IsHardwareAccelerated ? (Fma.IsSupported ? "128 bits, FMA" : "128 bits, no FMA")
        : "scalar";

    /// <summary>The file that holds all lines; the last of a function, type and instruction set counts.</summary>
    public static string File { get; } = Path_("docs", "accuracy.jsonl");

    /// <summary>The mean error.</summary>
    public double MeanUlp => Points == 0 ? 0 : SumUlp / Points;

    public static Measured Begin(string function, string type, uint stride) => new(function, type, Here, stride, 0, 0, 0, "none", 0, 0);

    public static string Path_(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Grad.sln")))
            folder = folder.Parent;
        return System.IO.Path.Combine([folder?.FullName ?? throw new InvalidOperationException("Run this from a checkout."), .. parts]);
    }

    public static Measured[] All() => !System.IO.File.Exists(File)
        ? []
        : [
            .. System.IO.File.ReadLines(File).Select(line => JsonSerializer.Deserialize<Measured>(line)!)
                .GroupBy(one => (one.Function, one.Type, one.Path, one.Stride)).Select(group => group.Last()),
        ];

    /// <summary>What is known of a function here, to go on from; null if nothing is, or all is to be measured again.</summary>
    public static Measured? Known(string function, string type, uint stride, Options options) =>
        options.Again ? null : All().FirstOrDefault(one => (one.Function, one.Type, one.Path, one.Stride) == (function, type, Here, stride));

    /// <summary>A number for an argument's bits and its result's. Mixed, so that two results that differ by opposite amounts do not make up for each other in a sum.</summary>
    public static ulong Mixed(ulong argument, ulong result)
    {
        // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
        ulong mixed = (argument * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(result, 32);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public void Append()
    {
        lock (s_lock)
            System.IO.File.AppendAllText(File, JsonSerializer.Serialize(this) + "\n");
    }

    /// <summary>As it stands where only bits were collected: without errors.</summary>
    public Measured Marked(Options options) => options.HashOnly ? this with { MaxUlp = -1, Worst = "not measured" } : this;

    /// <summary>Both together.</summary>
    public Measured With(Measured part) => this with
    {
        Points = Points + part.Points,
        MaxUlp = Math.Max(MaxUlp, part.MaxUlp),
        Worst = part.MaxUlp > MaxUlp ? part.Worst : Worst,
        SumUlp = SumUlp + part.SumUlp,
        Hash = Hash + part.Hash,
    };
}
