using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Properties.Api;

namespace Properties.Examples;

/// <summary>A file of examples/, compiled here and run: what it prints is what a reader sees.</summary>
internal static class ExampleRun
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    private static readonly Lock s_console = new();

    /// <summary>The lines that an example prints; its pictures go to a folder of their own.</summary>
    public static string[] Lines(string example, string pictures)
    {
        // The lines that begin with #: are for the tool that runs the file.
        var written = File.ReadLines(Path.Combine(Repository.Root, "examples", example));
        var source = string.Join('\n', written.Where(line => !line.StartsWith("#:", StringComparison.Ordinal)));
        string[] sources = [ImplicitUsings, source, .. Repository.Sources("examples/Plotting").Select(File.ReadAllText)];
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(example),
            sources.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14))),
            UsesCompile.References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        }

        var entry = Assembly.Load(image.ToArray()).EntryPoint!;
        lock (s_console)
        {
            var (console, printed) = (Console.Out, new StringWriter());
            Console.SetOut(printed);
            try
            {
                entry.Invoke(null, [new[] { pictures }]);
            }
            finally
            {
                Console.SetOut(console);
            }

            return [.. printed.ToString().Split('\n').Select(line => line.Trim())];
        }
    }
}
