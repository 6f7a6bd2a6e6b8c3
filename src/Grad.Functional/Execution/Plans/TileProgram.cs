using Grad.Simd;

namespace Grad.Functional;

/// <summary>Neighbouring ops that are arithmetic, as a program over the places of their group.</summary>
internal sealed unsafe class TileProgram
{
    private readonly ArithmeticStep[] _steps;
    private readonly int[] _running;

    /// <param name="steps">The steps.</param>
    /// <param name="standsStill">Whether what is at a place stands still: a number that is repeated, or what one step leaves for another.</param>
    public TileProgram(ArithmeticStep[] steps, Func<int, bool> standsStill)
    {
        _steps = steps;
        _running = [.. steps.SelectMany(step => (int[])[step.X, step.Y, step.Z, step.Result]).Where(place => place >= 0 && !standsStill(place)).Distinct()];
    }

    /// <summary>Runs it.</summary>
    /// <param name="where">The addresses of the places.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="isFloat">Whether they are of single precision.</param>
    public void Run(nint* where, int count, bool isFloat)
    {
        if (isFloat)
        {
            Arithmetic.Run<float>(_steps, where, _running, count);
        }
        else
        {
            Arithmetic.Run<double>(_steps, where, _running, count);
        }
    }
}
