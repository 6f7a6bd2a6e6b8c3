using System.Globalization;
using System.Runtime.CompilerServices;
using Xunit;

namespace Properties.Laws;

/// <summary>Assertions whose text costs nothing while they hold: laws make millions of them.</summary>
internal static class Claim
{
    /// <summary>Fails with the text unless the condition holds.</summary>
    public static void That(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Text otherwise)
    {
        if (!condition)
            Assert.Fail(otherwise.ToString());
    }

    /// <summary>Text in the invariant culture, put together only if the condition does not hold.</summary>
    [InterpolatedStringHandler]
    public ref struct Text
    {
        private DefaultInterpolatedStringHandler _text;

        public Text(int literalLength, int formattedCount, bool condition, out bool isNeeded)
        {
            isNeeded = !condition;
            if (isNeeded)
                _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<TValue>(TValue value, string? format = null) => _text.AppendFormatted(value, format);

        public override string ToString() => _text.ToString();
    }
}
