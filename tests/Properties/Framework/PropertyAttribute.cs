using FsCheck;
using Microsoft.FSharp.Core;
using Xunit;
using Xunit.Sdk;

namespace Properties.Framework;

/// <summary>
/// Marks a method as a property: FsCheck draws its arguments, many times over, and shrinks those for which it fails. The method passes
/// by returning <c>true</c>, nothing, a <see cref="Property"/> that holds, or a task of one of these; it fails by returning
/// <c>false</c> or by throwing.
/// </summary>
/// <remarks>
/// Stands in for the attribute of the same name in the package FsCheck.Xunit, whose semantics it has, and is to be deleted for it:
/// the package cannot be restored from the registry that the project builds against.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Properties.Framework.PropertyDiscoverer", "Properties")]
public sealed class PropertyAttribute : FactAttribute
{
    /// <summary>The number of draws that must pass.</summary>
    public int MaxTest { get; set; } = Config.Default.MaxTest;

    /// <summary>The number of draws that a precondition may reject for each one that passes.</summary>
    public int MaxRejected { get; set; } = Config.Default.MaxRejected;

    /// <summary>The size of the first draw.</summary>
    public int StartSize { get; set; } = Config.Default.StartSize;

    /// <summary>The size of the last draw; sizes grow in between.</summary>
    public int EndSize { get; set; } = Config.Default.EndSize;

    /// <summary>Draws again what a failure reports: <c>"seed,gamma"</c>, or <c>"seed,gamma,size"</c> for one draw of that size.</summary>
    public string? Replay { get; set; }

    /// <summary>Types whose public static members return the <see cref="Arbitrary{T}"/>s to draw from; later ones win.</summary>
    public Type[] Arbitrary { get; set; } = [];

    /// <summary>Whether to print every draw.</summary>
    public bool Verbose { get; set; }

    /// <summary>Whether to print nothing when the property passes.</summary>
    public bool QuietOnSuccess { get; set; }

    /// <summary>What FsCheck is told.</summary>
    internal Config ToConfig(IRunner runner)
    {
        var config = (Verbose ? Config.Verbose : Config.Default)
            .WithMaxTest(MaxTest)
            .WithMaxRejected(MaxRejected)
            .WithStartSize(StartSize)
            .WithEndSize(EndSize)
            .WithQuietOnSuccess(QuietOnSuccess)
            .WithArbitrary(Arbitrary)
            .WithRunner(runner);
        return Replay is null ? config : config.WithReplay(FSharpOption<Replay>.Some(ReplayText.Parse(Replay)));
    }
}
