using Grad.Functional;
using Xunit;
using Xunit.Abstractions;

namespace Properties.Laws;

/// <summary>
/// The laws are tried too: rules spoilt on purpose, in the ways that rules go wrong, must each be caught, and unspoilt ones behind the same
/// decorator must not.
/// </summary>
public class Mutants(ITestOutputHelper output)
{
    private static readonly OpLaw[] s_laws =
    [
        .. typeof(OpLaw).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OpLaw)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (OpLaw)Activator.CreateInstance(type)!),
    ];

    // What is spoilt, and of which sample of the catalog.
    private static readonly Dictionary<string, (string Sample, Func<Op, Mutant> Spoil)> s_mutants = new()
    {
        ["sign of a slope"] = ("Cos", op => new(op) { InReverse = Scaled(-1) }),
        ["factor 2 in reverse"] = ("Square", op => new(op) { InReverse = Scaled(2) }),
        ["factor 2 in forward"] = ("Log", op => new(op)
        {
            InForward = (original, node, tangents) => Times(original.Forward(node, tangents), 2),
        }),
        ["factor 1.001 in reverse and forward"] = ("Tanh", op => new(op)
        {
            InReverse = Scaled(1.001),
            InForward = (original, node, tangents) => Times(original.Forward(node, tangents), 1.001),
        }),
        ["factor 1/N of a sum"] = ("Sum(axes [0]) of [5]", op => new(op) { InReverse = Scaled(1.0 / 5) }),
        ["dropped term of a quotient"] = ("Divide", op => new(op)
        {
            InReverse = (original, node, in cotangent, needed, contributions) =>
            {
                original.Reverse(node, cotangent, needed, contributions);
                contributions[1] = default;
            },
        }),
        ["dropped tangent of the second operand"] = ("Add", op => new(op)
        {
            InForward = (original, node, tangents) => original.Forward(node, [tangents[0], default]),
        }),
        ["forgotten broadcast sum"] = ("Broadcast([3, 4]) of [4]", op => new(op)
        {
            InReverse = (_, node, in cotangent, _, contributions) =>
            {
                var first = Pending.Through(cotangent, Slice.At(node.Shape, 0, 0), adds: false);
                contributions[0] = Pending.Through(first, new ReshapeOp(node.Operand(0).Shape), adds: false);
            },
        }),
        ["swapped operands"] = ("Multiply", op => new(op)
        {
            InReverse = (original, node, in cotangent, needed, contributions) =>
            {
                original.Reverse(node, cotangent, needed, contributions);
                (contributions[0], contributions[1]) = (contributions[1], contributions[0]);
            },
        }),
        ["slope of the wrong operand"] = ("Subtract", op => new(op)
        {
            InReverse = (original, node, in cotangent, needed, contributions) =>
            {
                original.Reverse(node, cotangent, needed, contributions);
                contributions[1] = contributions[1].IsZero ? default : cotangent;
            },
        }),
        ["missing mask"] = ("Where", op => new(op)
        {
            InReverse = (_, _, in cotangent, needed, contributions) =>
            {
                for (int i = 1; i < contributions.Length; i++)
                    contributions[i] = needed[i] ? cotangent : default;
            },
        }),
        ["missing gate"] = ("Relu", op => new(op) { InReverse = (_, _, in cotangent, _, contributions) => contributions[0] = cotangent }),
        ["transposition the wrong way"] = ("Permute([2, 0, 1]) of [2, 3, 5]", op => new(op)
        {
            InReverse = (_, node, in cotangent, _, contributions) =>
                contributions[0] = Pending.Through(
                    Pending.Through(cotangent, new PermuteOp([0, 2, 1]), adds: false), new ReshapeOp(node.Operand(0).Shape), adds: false),
        }),
        ["slope that is not differentiable again"] = ("Exp", op => new(op)
        {
            InReverse = (original, node, in cotangent, needed, contributions) =>
            {
                original.Reverse(node, new Masked(cotangent.Value!.Constant(1, node.Shape)), needed, contributions);
                var frozen = (Node)Ad.StopGradient((NDArray<double>)contributions[0].Value!);
                contributions[0] = new Masked(Binary<MultiplyOp>.Default.Apply(cotangent.Value, frozen));
            },
        }),
        ["batch along the wrong axis"] = ("Stack(axis 1) of [2, 3], [2, 3]", op => new(op)
        {
            InBatch = (original, _, operands, batched, size) => new StackOp(1).Apply(
                [.. operands.ToArray().Select((operand, i) => Broadcast.To(operand, Axes.Prepend(size, Shape.Create([2, 3]))))]),
        }),
        ["batch of the first sample only"] = ("Sum(axes [1]) of [3, 4]", op => new(op)
        {
            InBatch = (original, node, operands, _, size) =>
                size == 0 ? original.Batch(node, operands, [true], size)
                    : Broadcast.To(original.Apply([((NDArray<double>)operands[0])[0]]), Axes.Prepend(size, node.Shape)),
        }),
    };

    public static TheoryData<string> Names => [.. s_mutants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_mutant_is_caught(string name)
    {
        var (sampleName, spoil) = s_mutants[name];
        var sample = OpCatalog.Samples[sampleName];
        string[] caught = Broken(sample with { Op = spoil(sample.Op) });
        output.WriteLine($"{name} ({sampleName}): caught by {string.Join(", ", caught)}.");
        Assert.NotEmpty(caught);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_decorator_alone_breaks_no_law(string name)
    {
        var sample = OpCatalog.Samples[s_mutants[name].Sample];
        Assert.Empty(Broken(sample with { Op = new Mutant(sample.Op) }));
    }

    private static string[] Broken(OpSample sample) =>
        [.. s_laws.Where(law => law.IsOfRules && law.AppliesTo(sample, isFloat: false) && Breaks(law, sample)).Select(law => law.Name)];

    private static bool Breaks(OpLaw law, OpSample sample) => Record.Exception(() => law.Try(sample, isFloat: false, new Tally())) is not null;

    private static Mutant.ReverseRule Scaled(double factor) => (original, node, in cotangent, needed, contributions) =>
    {
        original.Reverse(node, cotangent, needed, contributions);
        foreach (ref var contribution in contributions)
            contribution = Times(contribution, factor);
    };

    private static Masked Times(in Masked x, double factor) =>
        x.Value is null ? x : x.WithLinear(Binary<MultiplyOp>.Default.Apply(x.Value, x.Value.Constant(factor)));
}
