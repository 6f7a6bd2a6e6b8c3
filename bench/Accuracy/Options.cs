using System.Globalization;

namespace Accuracy;

/// <summary>What is to be measured, and how thoroughly.</summary>
/// <param name="Names">The functions; none means all.</param>
/// <param name="Stride">Every how manieth float.</param>
/// <param name="Points">The number of doubles.</param>
/// <param name="Threads">Threads at work.</param>
/// <param name="HashOnly">Whether only bits are collected.</param>
/// <param name="Again">Whether what is known is forgotten: the code has changed.</param>
internal sealed record Options(string[] Names, uint Stride, long Points, int Threads, bool HashOnly, bool Again)
{
    public static Options Parse(string[] args)
    {
        var options = new Options([], 1, 100_000_000, Environment.ProcessorCount, false, false);
        var names = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--stride" => options with { Stride = uint.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--points" => options with { Points = long.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--threads" => options with { Threads = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--again" => options with { Again = true },
                "--hash" => options with { HashOnly = true },
                _ => Named(args[i]),
            };
        }

        return options with { Names = [.. names] };

        Options Named(string name)
        {
            names.Add(name);
            return options;
        }
    }

    public bool Wants(string function) => Names.Length == 0 || Names.Contains(function, StringComparer.OrdinalIgnoreCase);
}
