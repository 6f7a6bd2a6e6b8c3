using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Properties.Framework;

/// <summary>Writes what FsCheck has to say, and keeps how it ended.</summary>
internal sealed class CollectingRunner(Action<string> write) : IRunner
{
    private TestResult? _result;

    /// <exception cref="PropertyFailedException">The property was falsified, or too many draws were rejected.</exception>
    public void ThrowIfFailed()
    {
        if (_result is { IsPassed: false })
            throw new PropertyFailedException(_result);
    }

    void IRunner.OnStartFixture(Type t)
    {
    }

    void IRunner.OnArguments(
        int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) =>
        Write(every.Invoke(ntest).Invoke(args));

    void IRunner.OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink) => Write(everyShrink.Invoke(args));

    void IRunner.OnFinished(string name, TestResult testResult)
    {
        _result = testResult;
        if (testResult is TestResult.Passed { Item2: false })
            Write(Runner.onFinishedToString(name, testResult));
    }

    private void Write(string text)
    {
        if (text.Length > 0)
            write(text.TrimEnd());
    }
}
