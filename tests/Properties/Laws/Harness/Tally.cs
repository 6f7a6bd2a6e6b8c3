using Properties.Generators;

namespace Properties.Laws;

/// <summary>What a law was tried on: the numbers drawn, the special ones among them, those it could not judge.</summary>
internal sealed class Tally
{
    /// <summary>Numbers drawn.</summary>
    public long Drawn { get; private set; }

    /// <summary>Special ones among them: zeros, subnormals, landmarks, and for laws over the whole range what is not finite.</summary>
    public long Special { get; private set; }

    /// <summary>Numbers that the law cannot judge, by a fact in the public documentation of the op.</summary>
    public long Excluded { get; private set; }

    /// <summary>Counts a point.</summary>
    public void Draw(OpPoint point)
    {
        foreach (double[] operand in point.Elements)
            Draw(operand);
    }

    /// <summary>Counts numbers.</summary>
    public void Draw(ReadOnlySpan<double> numbers)
    {
        Drawn += numbers.Length;
        foreach (double x in numbers)
            Special += Numbers.IsSpecial(x) ? 1 : 0;
    }

    /// <summary>Counts numbers as excluded.</summary>
    public void Exclude(int count) => Excluded += count;
}
