namespace Grad.Simd;

/// <summary>A length cut into parts that differ by one at most, the longer ones first.</summary>
internal readonly struct Parts(int length, int count)
{
    private readonly int _least = length / count;
    private readonly int _longer = length - length / count * count;

    /// <summary>The number of parts.</summary>
    public int Count => count;

    /// <summary>The length of the longest part.</summary>
    public int Longest => _least + (_longer > 0 ? 1 : 0);

    /// <summary>Where a part begins; the part behind the last one begins at the end.</summary>
    public int Start(int part) => part * _least + Math.Min(part, _longer);

    /// <summary>As few parts as there are with a bound on their length.</summary>
    public static Parts AtMost(int length, int longest) => new(length, (length + longest - 1) / longest);
}
