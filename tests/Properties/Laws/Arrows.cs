using Grad.Functional;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Properties.Laws;

/// <summary>
/// The folders of the library depend on one another one way only, whatever its one namespace would allow: read off what each name in the
/// source means to the compiler.
/// </summary>
public class Arrows
{
    // Each folder with those that it may use besides itself.
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Graph"] = [],
        ["Execution"] = ["Graph"],
        ["NDArray"] = ["Graph", "Execution"],
        ["Ops"] = ["Graph", "Execution", "NDArray"],
        ["Transforms"] = ["Graph", "Execution", "NDArray", "Ops"],
        ["Compilation"] = ["Graph", "Execution", "NDArray", "Ops", "Transforms"],
        ["Ad"] = ["Graph", "Execution", "NDArray", "Ops", "Transforms", "Compilation"],
        ["Checking"] = ["Graph", "Execution", "NDArray", "Ops", "Transforms", "Ad"],
    };

    [Fact]
    public void Folders_point_one_way()
    {
        var compilation = Sources.Compile("Grad.Functional", typeof(Grad.Simd.SpanMath).Assembly.Location);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var files = compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);
        string[] violations = [.. files.SelectMany(tree => Violations(compilation, tree)).Distinct()];
        Assert.True(violations.Length == 0, string.Join('\n', violations));
    }

    [Fact]
    public void Kernels_know_nothing_of_derivatives()
    {
        var references = typeof(Grad.Simd.SpanMath).Assembly.GetReferencedAssemblies();
        Assert.DoesNotContain(references, name => name.Name == typeof(Ad).Assembly.GetName().Name);
        string[] words = ["Derivative", "Gradient", "Slope", "Tangent", "Jacobian"];
        var tokens = Sources.Read("Grad.Simd").SelectMany(tree => tree.GetRoot().DescendantTokens());
        var identifiers = tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken));
        Assert.NotEmpty(identifiers);
        Assert.DoesNotContain(identifiers, token => words.Any(word => token.ValueText.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Violations(CSharpCompilation compilation, SyntaxTree tree)
    {
        var model = compilation.GetSemanticModel(tree);
        string folder = Folder(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol?.OriginalDefinition;
            bool isElsewhere = symbol is not (null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol);
            if (!isElsewhere || Home(symbol!) is not { } home)
                continue;
            if (home != folder && !s_allowed[folder].Contains(home))
                yield return $"{tree.FilePath} ({folder}) uses {symbol!.ToDisplayString()} ({home}).";
        }
    }

    // A member is at home where it stands, so that NDArray<T> and NDMath are many things; a type is where its name is that of the file,
    // or, if no file has its name, where it begins.
    private static string? Home(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            symbol = symbol.ContainingType;
        var files = symbol.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath).ToArray();
        if (files.Length == 0)
            return null;
        string? primary = files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == symbol.Name);
        return Folder(primary ?? files[0]);
    }

    private static string Folder(string file) =>
        Path.GetDirectoryName(file) is { Length: > 0 } directory ? directory.Split(Path.DirectorySeparatorChar)[0] : "Ad";
}
