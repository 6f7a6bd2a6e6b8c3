using System.Numerics;
using Grad.Functional;
using Grad.Simd;
using Properties.Kernels;
using Properties.Laws;
using Properties.Support;

namespace Properties.Engine;

/// <summary>Groups to emit: one for each op, and random ones of many; with the numbers to try them on.</summary>
internal static class EmittedGroups
{
    private static readonly (IElementwiseOp Op, bool[] MaskOperands, bool IsMask)[] s_ops = [.. FindOps()];

    /// <summary>Every elementwise op with each of its attributes, by name.</summary>
    public static IReadOnlyDictionary<string, ElementwiseCode> Single(Type element, bool still) => s_ops
        .SelectMany(op => Enumerable.Range(0, still ? op.MaskOperands.Length : 1).Select(k => (op, k)))
        .ToDictionary(
            pair => Name(pair.op.Op) + (still ? $" #{pair.k}" : ""),
            pair => new ElementwiseCode(
                element,
                [.. pair.op.MaskOperands.Select((isMask, k) => new ElementwiseInput(isMask, Runs: !still || k != pair.k))],
                [new ElementwiseValue(pair.op.Op, [.. Enumerable.Range(0, pair.op.MaskOperands.Length)])],
                [new ElementwiseOutput(pair.op.MaskOperands.Length, pair.op.IsMask)]));

    /// <summary>Where numbers begin from which on the only op of a group is defined; a fifth at least. The functions are fast between there and a unit on.</summary>
    public static double Least(ElementwiseCode code) => OpCatalog.Samples.Values.Where(sample => sample.Op.Name == ((Op)code.Values[0].Op).Name)
        .SelectMany(sample => sample.Operands).Select(operand => operand.Low).Append(0.2).Max();

    /// <summary>A group of ops drawn at random, with operands that are shared, masks, selects, and inputs that stand still.</summary>
    public static ElementwiseCode Random(Type element, Random random, int ops)
    {
        List<ElementwiseInput> inputs = [new(IsMask: false, Runs: true)];
        for (int k = random.Next(4); k > 0; k--)
            inputs.Add(new(IsMask: random.Next(3) == 0, Runs: random.Next(3) != 0));
        var isMask = inputs.ConvertAll(input => input.IsMask);
        List<ElementwiseValue> values = [];
        while (values.Count < ops)
        {
            var (op, maskOperands, result) = s_ops[random.Next(s_ops.Length)];
            var operands = Array.ConvertAll(maskOperands, mask => Draw(isMask, mask, random));
            if (Array.IndexOf(operands, -1) >= 0)
                continue;
            values.Add(new(op, operands));
            isMask.Add(result);
        }

        List<ElementwiseOutput> outputs = [new(isMask.Count - 1, isMask[^1])];
        for (int k = random.Next(3); k > 0; k--)
        {
            int source = inputs.Count + random.Next(ops);
            outputs.Add(new(source, isMask[source]));
        }

        return new(element, [.. inputs], [.. values], [.. outputs]);
    }

    /// <summary>The bodies of a group on lanes of that many bytes; 0 for the widest that the hardware has.</summary>
    public static IPlainKernels Kernels<T>(ElementwiseCode code, int bytes = 0) where T : unmanaged =>
        (typeof(T) == typeof(double), bytes == 0 ? Leg.WidestHere / 8 : bytes) switch
        {
            (true, 64) => new LaneKernels<F64x8, double>(code),
            (true, 32) => new LaneKernels<F64x4, double>(code),
            (true, _) => new LaneKernels<F64x2, double>(code),
            (false, 64) => new LaneKernels<F32x16, float>(code),
            (false, 32) => new LaneKernels<F32x8, float>(code),
            (false, _) => new LaneKernels<F32x4, float>(code),
        };

    /// <summary>Numbers of which a stretch is in the fast ranges of most functions, and another has every kind.</summary>
    public static Func<int, T> Numbers<T>(Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var special = Samples.Special<T>().Select(x => double.CreateTruncating(x)).Concat(s_edges).ToArray();
        int left = 0;
        bool tame = false;
        return _ =>
        {
            if (left-- == 0)
                (left, tame) = (random.Next(1, 120), random.Next(2) == 0);
            double x = tame || random.Next(4) != 0 ? 0.05 + 3 * random.NextDouble()
                : random.Next(3) == 0 ? special[random.Next(special.Length)]
                : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 13));
            return T.CreateSaturating(tame || random.Next(3) != 0 ? x : Math.BitIncrement(x));
        };
    }

    // The bounds of the functions' fast ranges.
    private static readonly double[] s_edges =
    [
        .. new[] { 87, 708, 85, 700, 26, 37, 8.9, 12.6, 126, 1022, 40, 89, 104, 710, 746, 8192, 1048576 }.SelectMany(x => new[] { x, -x }),
        2.2250738585072014e-308, 1.1754943508222875e-38, double.MaxValue, float.MaxValue, double.Epsilon, float.Epsilon,
    ];

    private static int Draw(List<bool> isMask, bool mask, Random random)
    {
        // Late values rather than early ones, so that chains grow long.
        for (int attempt = 0; attempt < 20; attempt++)
        {
            int back = random.Next(3) == 0 ? random.Next(isMask.Count) : random.Next(Math.Min(4, isMask.Count));
            if (isMask[isMask.Count - 1 - back] == mask)
                return isMask.Count - 1 - back;
        }

        return -1;
    }

    private static string Name(IElementwiseOp op) => $"{((Op)op).Name}({((Op)op).Attributes})";

    private static IEnumerable<(IElementwiseOp, bool[], bool)> FindOps()
    {
        var seen = new HashSet<string>();
        foreach (var sample in OpCatalog.Samples.Values)
        {
            if (sample.Op is IElementwiseOp op && seen.Add(Name(op)))
                yield return (op, [.. sample.Operands.Select(operand => operand.Kind == OperandKind.Mask)], false);
        }

        foreach (var op in OpCatalog.Ops.SelectMany(OpCatalog.Close).Where(type => typeof(IElementwiseOp).IsAssignableFrom(type)).Select(Instance))
        {
            if (op is not null && seen.Add(Name(op)))
            {
                var type = op.GetType();
                bool isCompare = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Compare<>);
                if (op is not ICast cast)
                    yield return (op, isCompare ? [false, false] : op is NotOp ? [true] : [true, true], true);
                else if (cast.IsToFloating || op is CastOp<bool>)
                    yield return (op, [cast.IsToFloating], !cast.IsToFloating);
            }
        }
    }

    private static IElementwiseOp? Instance(Type type)
    {
        const System.Reflection.BindingFlags Static = System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static;
        return type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Unary<>) || type.GetGenericTypeDefinition() == typeof(Binary<>))
            ? null
            : (IElementwiseOp?)(type.GetField("Default", Static) ?? type.GetField("Instance", Static))?.GetValue(null);
    }
}
