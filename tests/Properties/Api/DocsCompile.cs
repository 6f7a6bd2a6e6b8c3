using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Api;

/// <summary>Every C# block in README, the packages' own and docs compiles: as a program, as a kernel's body, or as a file of the library itself.</summary>
public sealed class DocsCompile(ITestOutputHelper output)
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;" +
        "global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"))
            .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(package => Path.Combine(package, "README.md")))
            .Select(path => Path.GetRelativePath(Repository.Root, path))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryBlockCompiles(string page)
    {
        var count = 0;
        foreach (var block in Blocks(File.ReadAllText(Path.Combine(Repository.Root, page))))
        {
            count++;
            var errors = Compile(block).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            Assert.True(errors.Count == 0, $"{page}, block {count}:\n{block}\n{string.Join("\n", errors)}");
        }

        output.WriteLine($"{page}: {count} blocks compile.");
    }

    private static CSharpCompilation Compile(string block)
    {
        if (block.Contains("\nnamespace Grad.Functional;", StringComparison.Ordinal))
        {
            // A file of the library: it compiles there, with all that is internal.
            var files = Repository.Sources("src/Grad.Functional").Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), s_parse, path));
            return CSharpCompilation.Create(
                "Grad.Functional",
                [.. files, Parse(block), Parse(ImplicitUsings)],
                UsesCompile.References.Where(reference => !reference.Display!.EndsWith("Grad.Functional.dll", StringComparison.Ordinal)),
                Options(OutputKind.DynamicallyLinkedLibrary));
        }

        return block.StartsWith("public V ", StringComparison.Ordinal)
            ? Compile("using Grad.Simd; internal readonly struct Kernel : IUnaryKernel {\n" + block + "\n}", OutputKind.DynamicallyLinkedLibrary)
            : Compile(WithUsings(block), OutputKind.ConsoleApplication);
    }

    // The first block of a page brings its usings; later ones go without.
    private static string WithUsings(string block) => block.StartsWith("using ", StringComparison.Ordinal)
        ? block
        : "using Grad.Functional; using static Grad.Functional.NDMath; NDArray<double> x = [1.0, 2.0, 3.0];\n" + block;

    private static CSharpCompilation Compile(string code, OutputKind kind) =>
        CSharpCompilation.Create("Block", [Parse(code), Parse(ImplicitUsings)], UsesCompile.References, Options(kind));

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(code, s_parse);

    private static CSharpCompilationOptions Options(OutputKind kind) =>
        new(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    private static IEnumerable<string> Blocks(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split("```");
        for (var i = 1; i < parts.Length; i += 2)
        {
            if (parts[i].StartsWith("csharp\n", StringComparison.Ordinal))
            {
                yield return parts[i]["csharp\n".Length..];
            }
        }
    }
}
