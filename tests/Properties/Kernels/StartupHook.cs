using System.Diagnostics.CodeAnalysis;

/// <summary>Run by the runtime before anything else where DOTNET_STARTUP_HOOKS names this assembly: the leg without dynamic code.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for this name, in no namespace.")]
internal static class StartupHook
{
    public static void Initialize() => AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
}
