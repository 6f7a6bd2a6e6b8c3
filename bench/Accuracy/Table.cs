using System.Globalization;
using System.Text;
using Properties.Kernels;

namespace Accuracy;

/// <summary>The page that shows all that has been measured.</summary>
internal static class Table
{
    private const long All = 1L << 32;

    public static int Write()
    {
        var all = Measured.All();
        var text = new StringBuilder("""
            # Accuracy of Grad.Simd

            Errors in units of the last place (ULP), the largest seen and the mean, of every function that approximates. Written by

                dotnet run -c Release --project bench/Accuracy -- table

            from `accuracy.jsonl`, which `-- float` (every float there is, against the double kernel) `-- double` (against double-double numbers of some
            100 bits) and `-- pairs` (functions of two numbers) append to; all fail if a stated bound is passed. Instruction sets are chosen with `DOTNET_EnableAVX512=0` and its like. "As …" says that
            all results have the bits of that instruction set. A dense sample of the same stands in the tests.


            """.ReplaceLineEndings("\n"));
        foreach (string type in (string[])["float", "double"])
        {
            text.Append(CultureInfo.InvariantCulture, $"## {type}\n\n| function | stated | instruction set | arguments | max ULP | at | mean ULP |\n|---|---|---|---|---|---|---|\n");
            foreach (string function in Sweeps.Functions)
            {
                foreach (var one in all.Where(one => one.Function == function && one.Type == type).OrderBy(one => one.Path, StringComparer.Ordinal))
                    text.Append(Row(one, all));
            }

            text.Append('\n');
        }

        File.WriteAllText(Measured.Path_("docs", "accuracy.md"), text.ToString().TrimEnd('\n') + "\n");
        return all.Any(one => one.MaxUlp > DocumentedError.Of(one.Function)) ? 1 : 0;
    }

    private static string Row(Measured one, Measured[] all)
    {
        string stated = DocumentedError.Of(one.Function).ToString(CultureInfo.InvariantCulture);
        string arguments = one.Type == "float" && one.Stride == 1 && one.Next >= All ? "all 2³²" : one.Points.ToString("N0", CultureInfo.InvariantCulture);
        var twin = all.FirstOrDefault(
            other => other != one && (other.Function, other.Type, other.Points, other.Hash) == (one.Function, one.Type, one.Points, one.Hash) && other.MaxUlp >= 0);
        string errors = one.MaxUlp < 0
            ? (twin is null ? "not measured | | " : $"as {twin.Path} | | ")
            : string.Create(CultureInfo.InvariantCulture, $"{one.MaxUlp:F3} | {one.Worst} | {one.MeanUlp:F4}");
        return $"| {one.Function} | {stated} | {one.Path} | {arguments} | {errors} |\n";
    }
}
