using FsCheck;
using Xunit.Sdk;

namespace Properties.Framework;

/// <summary>A property does not hold: the arguments as drawn and as shrunk, what happened, and the seed for Replay.</summary>
public sealed class PropertyFailedException(TestResult result)
    : XunitException(Environment.NewLine + Runner.onFinishedToString("", result), Inner(result))
{
    private static Exception? Inner(TestResult result) =>
        result is TestResult.Failed { Item4: Outcome.Failed failed } ? failed.Item : null;
}
