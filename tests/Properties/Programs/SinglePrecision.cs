using Grad.Functional;

namespace Properties.Programs;

/// <summary>What float makes of a program's gradient.</summary>
internal enum FloatVerdict
{
    NotTried,

    /// <summary>Float overflows, or takes another branch than double.</summary>
    ElsewhereInFloat,
    Explained,
    Unexplained,
}

/// <summary>
/// The gradient in float. Its trace, widened, must give what the same program gives in double at the same point, bit by bit: so a
/// checker may judge a float function in double. And its error must be what rounding every step to float explains.
/// </summary>
/// <param name="Verdict">Whether rounding explains the error.</param>
/// <param name="IsWidenedExactly">Whether the widened trace has value and gradient of the program in double.</param>
/// <param name="WorstMiss">The largest error, as a part of what rounding explains.</param>
internal readonly record struct SinglePrecision(FloatVerdict Verdict, bool IsWidenedExactly, double WorstMiss)
{
    public static SinglePrecision Judge(Program program, double[] at)
    {
        var point = Array.ConvertAll(program.Arrays(at), array => array.Cast<float>());
        var inputs = Array.ConvertAll(point, Ad.Variable);
        var wide = Array.ConvertAll(point, array => Ad.Variable(array.Cast<double>()));
        var values = program.Run(inputs);

        // What depends on no input was computed in float when it was made, and counts as a constant from there on.
        program = program.WithConstants(values);
        var widened = (NDArray<double>)Replay.Widen(inputs, wide, values[^1]);
        var gradient = Ad.Grad((NDArray<double>[] x) => program.Call(x), wide);
        var isExact = SameBits(Ad.Grad(widened, wide), gradient) && SameBits([widened], [program.Call(wide)]);
        var inFloat = Ad.Grad((NDArray<float>[] x) => program.Call(x), inputs);
        if (!IsSamePath(program, values, program.Run(wide)))
        {
            return new(FloatVerdict.ElsewhereInFloat, isExact, 0);
        }

        // A seed that is a variable too: so no part of the gradient is computed in advance, and all of its rounding is seen.
        var seed = Ad.Variable((NDArray<double>)1.0);
        var seeded = Ad.Grad((NDArray<double>[] x) => program.Call(x), wide, gradOutputs: seed);
        var noise = RoundingNoise.Of([.. wide, seed], seeded, inFloat: true);
        var worst = 0.0;
        for (var i = 0; i < gradient.Length; i++)
        {
            var (exact, rounded) = (gradient[i].ToArray(), inFloat[i].ToArray());
            for (var k = 0; k < exact.Length; k++)
            {
                var allowed = noise[i][k] + (Math.Abs(exact[k]) / (1 << 23));
                var miss = Math.Abs(exact[k] - rounded[k]) / allowed;
                worst = Math.Max(worst, double.IsNaN(miss) || !double.IsFinite(allowed) ? double.PositiveInfinity : miss);
            }
        }

        return new(worst <= 1 ? FloatVerdict.Explained : FloatVerdict.Unexplained, isExact, worst);
    }

    private static bool SameBits(NDArray<double>[] x, NDArray<double>[] y) => Bits(x).SequenceEqual(Bits(y));

    private static IEnumerable<long> Bits(NDArray<double>[] arrays) => Directional.Flatten(arrays).Select(BitConverter.DoubleToInt64Bits);

    // The same masks, the same sides of kinks, and numbers where double has numbers.
    private static bool IsSamePath(Program program, Node[] narrow, Node[] wide)
    {
        var sides = Surroundings.Sides(program, wide);
        var widened = Array.ConvertAll(narrow, node => node is NDArray<float> array ? array.Cast<double>() : node);
        return sides.Zip(Surroundings.Sides(program, widened)).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second))
            && widened.Zip(wide).All(pair => Surroundings.HasNonFinite(pair.First) == Surroundings.HasNonFinite(pair.Second));
    }
}
