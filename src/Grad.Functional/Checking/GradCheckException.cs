namespace Grad.Functional;

/// <summary>A derivative did not pass its check; the message is the report.</summary>
public sealed class GradCheckException : Exception
{
    internal GradCheckException(GradCheckReport report)
        : base(report.ToString())
    {
        Report = report;
    }

    /// <summary>What was found.</summary>
    public GradCheckReport Report { get; }
}
