using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Properties.Framework;

/// <summary>The state of the random numbers as failures print it: <c>(seed,gamma)</c> or <c>(seed,gamma,size)</c>.</summary>
internal static class ReplayText
{
    /// <exception cref="FormatException">The text is neither form.</exception>
    public static Replay Parse(string text)
    {
        var parts = text.Trim().Trim('(', ')').Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is 2 or 3 && TryParse(parts[0], out ulong seed) && TryParse(parts[1], out ulong gamma))
        {
            var random = new Rnd(seed, gamma);
            if (parts.Length == 2)
                return new Replay(random, FSharpOption<int>.None);
            if (TryParse(parts[2], out ulong size) && size <= int.MaxValue)
                return new Replay(random, FSharpOption<int>.Some((int)size));
        }

        throw new FormatException($"Replay is written \"seed,gamma\" or \"seed,gamma,size\", as a failure prints it, but is \"{text}\".");
    }

    private static bool TryParse(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
