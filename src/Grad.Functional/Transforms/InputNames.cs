namespace Grad.Functional;

/// <summary>What the inputs of a function are called when it is shown.</summary>
internal static class InputNames
{
    /// <summary>As the user wrote them, if each input is a parameter of its own; a trimmed program has no names.</summary>
    public static string[] Of(Delegate f, int count)
    {
        var parameters = f.Method.GetParameters();
        var isOneEach = f.GetType().GenericTypeArguments.Length == count + 1 && parameters.Length >= count;
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = (isOneEach ? parameters[^(count - i)].Name : null) ?? FormattableString.Invariant($"x{i}");
        }

        return names;
    }
}
