namespace Grad.Simd;

/// <summary>A step of a program that <see cref="Arithmetic"/> runs. Fields, as the loop reads nothing else.</summary>
/// <param name="code">What is done.</param>
/// <param name="x">Where the accumulator is loaded from before, among the program's addresses; or <see cref="Accumulator"/>, if it has its value, or <see cref="P"/>, or <see cref="Q"/>.</param>
/// <param name="y">Where y stands; anywhere if there is none.</param>
/// <param name="z">Where z stands; anywhere if there is none.</param>
/// <param name="result">Where the accumulator is stored afterwards; below zero if nowhere.</param>
/// <param name="held">What holds it afterwards too: <see cref="P"/> or <see cref="Q"/>; <see cref="Accumulator"/> if nothing does.</param>
internal readonly struct ArithmeticStep(ArithmeticCode code, int x, int y, int z, int result, int held = ArithmeticStep.Accumulator)
{
    /// <summary>The accumulator itself.</summary>
    public const int Accumulator = -1;

    /// <summary>The first value that is held.</summary>
    public const int P = -2;

    /// <summary>The second.</summary>
    public const int Q = -3;

    public readonly ArithmeticCode Code = code;
    public readonly int X = x;
    public readonly int Y = y;
    public readonly int Z = z;
    public readonly int Result = result;
    public readonly int Held = held;

    /// <exception cref="ArgumentOutOfRangeException">Always: a loop does not know the code.</exception>
    public static void ThrowUnknown(ArithmeticCode code) => throw new ArgumentOutOfRangeException(nameof(code), code, "The loops of arithmetic have no such step.");
}
