using Xunit;

namespace Properties.Values;

/// <summary>What a bad call must say.</summary>
internal static class Errors
{
    /// <summary>The call throws exactly this exception, about this parameter, and its message has all of these parts.</summary>
    public static void Check<TException>(Action call, string? parameter, params string[] parts) where TException : Exception
    {
        var thrown = Assert.Throws<TException>(call);
        if (thrown is ArgumentException argument)
        {
            Assert.Equal(parameter, argument.ParamName);
        }

        foreach (var part in parts)
        {
            Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        }
    }
}
