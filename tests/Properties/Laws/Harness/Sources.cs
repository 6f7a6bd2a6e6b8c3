using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Properties.Laws;

/// <summary>The library's own source, and source that uses it, before the compiler.</summary>
internal static class Sources
{
    private static readonly MetadataReference[] s_framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The directory that the solution is in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What the compiler has against statements that use the library.</summary>
    public static IEnumerable<string> Errors(string statements)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $"using System; using Grad.Functional; class Program {{ static void Main() {{ {statements} }} }}");
        var library = MetadataReference.CreateFromFile(typeof(Grad.Functional.Ad).Assembly.Location);
        return CSharpCompilation.Create("snippet", [tree], [.. s_framework, library])
            .GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString());
    }

    /// <summary>The files of a project of the library; their paths are relative to it.</summary>
    public static IEnumerable<SyntaxTree> Read(string project)
    {
        string directory = Path.Combine(Root, "src", project);
        string[] built = [Path.Combine(directory, "bin"), Path.Combine(directory, "obj")];
        return Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !built.Any(folder => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(directory, file)));
    }

    /// <summary>A project of the library before the compiler.</summary>
    public static CSharpCompilation Compile(string project, params IEnumerable<string> references)
    {
        var implicitUsings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
            + "global using System.Threading; global using System.Threading.Tasks;");
        return CSharpCompilation.Create(
            project,
            [.. Read(project), implicitUsings],
            [.. s_framework, .. references.Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Grad.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} holds Grad.sln.");
    }
}
