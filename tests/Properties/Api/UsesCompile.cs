using System.Reflection;
using Grad.Functional;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Api;

/// <summary>
/// The public names are a contract: every use in uses.txt compiles against the library as it is, or is refused, as the file says.
/// A use of members that do not exist yet is pending, and printed.
/// </summary>
public sealed class UsesCompile(ITestOutputHelper output)
{
    private const string Prelude =
        """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
        using Grad.Functional; using static Grad.Functional.NDMath;
        using A = Grad.Functional.NDArray<double>; using F = Grad.Functional.NDArray<float>;
        A x = [1.0, 2.0, 3.0]; A y = [4.0, 5, 6]; A w = x, b = y; F xf = [1f, 2f]; A m = NDArray.Zeros<double>(3, 4);
        NDArray<int> idx = [0, 2]; NDArray<bool> mask = [true, false, true]; Func<A, A> f = v => Sum(v * v);

        """;

    // Diagnostics that name something the compiler did not find.
    private static readonly HashSet<string> s_missingName = ["CS0103", "CS0117", "CS0246", "CS1061"];

    // Uses of members that only their types tell from those that exist: pending until the issue that brings them.
    private static readonly Dictionary<string, string> s_pending = new()
    {
        ["numerical"] = "Ad.Numerical",
        ["compiled passed on to Ad"] = "Ad.VMap",
    };

    internal static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard.dll" || name.StartsWith("Grad.", StringComparison.Ordinal) || name == "CommunityToolkit.HighPerformance.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // Every use is a variant of one compilation, so that the references are read once.
    private static readonly CSharpCompilation s_compilation = CSharpCompilation.Create(
        "use", null, References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly HashSet<string> s_names = PublicNames();

    [Fact]
    public void EveryUseThatIsPromisedCompiles()
    {
        var (held, pending, broken) = (0, new List<string>(), new List<string>());
        foreach (var (title, code) in Blocks("these compile"))
        {
            var errors = Errors(code);
            if (errors.Count == 0)
            {
                held++;
            }
            else if (WhyPending(title, errors) is { } reason)
            {
                pending.Add($"{title}: {reason}");
            }
            else
            {
                broken.Add($"{title}: {string.Join("; ", errors.Select(e => e.GetMessage()))}\n    {code.Trim()}");
            }
        }

        output.WriteLine($"{held} uses compile, {pending.Count} are pending:");
        pending.ForEach(output.WriteLine);
        Assert.True(broken.Count == 0, $"{broken.Count} uses no longer compile:\n{string.Join("\n", broken)}");
        Assert.True(held + pending.Count > 130, $"Only {held + pending.Count} uses were tried: is uses.txt whole?");
    }

    [Fact]
    public void EveryMistakeThatTheCompilerShouldCatchIsCaught()
    {
        var blocks = Blocks("these must not compile").ToList();
        var accepted = blocks.Where(block => Errors(block.Code).Count == 0).Select(block => block.Title).ToList();
        output.WriteLine($"{blocks.Count} mistakes are refused by the compiler.");
        Assert.True(accepted.Count == 0, $"The compiler accepts: {string.Join(", ", accepted)}");
        Assert.True(blocks.Count > 20, "Is uses.txt whole?");
    }

    private static string? WhyPending(string title, List<Diagnostic> errors)
    {
        foreach (var error in errors)
        {
            if (s_missingName.Contains(error.Id) && Missing(error) is { } name)
            {
                return $"needs {name}";
            }
        }

        return s_pending.GetValueOrDefault(title);
    }

    // The name is quoted in the message; a name that the library has, spelled so, is no excuse.
    private static string? Missing(Diagnostic error) =>
        error.GetMessage().Split('\'', '"').Where((_, i) => i % 2 == 1).Select(quoted => quoted.Split('<', '.')[0]).LastOrDefault(name => !s_names.Contains(name));

    private static List<Diagnostic> Errors(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(Prelude + code, new CSharpParseOptions(LanguageVersion.CSharp14));
        return [.. s_compilation.AddSyntaxTrees(tree).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
    }

    private static IEnumerable<(string Title, string Code)> Blocks(string section)
    {
        var (inside, title, code) = (false, "", "");
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", "uses.txt")).Append("=== end"))
        {
            if (line.StartsWith("===", StringComparison.Ordinal) || line.StartsWith("## ", StringComparison.Ordinal))
            {
                if (inside && code.Length > 0)
                {
                    yield return (title, code);
                }

                inside = line.StartsWith("===", StringComparison.Ordinal) ? line.Contains(section, StringComparison.Ordinal) : inside;
                (title, code) = (line.TrimStart('#', ' '), "");
            }
            else
            {
                code += line + "\n";
            }
        }
    }

    private static HashSet<string> PublicNames()
    {
        var names = new HashSet<string>();
        foreach (var type in typeof(Ad).Assembly.GetExportedTypes())
        {
            names.Add(type.Name.Split('`')[0]);
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance))
            {
                names.Add(member.Name);
            }
        }

        return names;
    }
}
