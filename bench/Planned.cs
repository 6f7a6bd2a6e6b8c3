using System.Numerics;
using Grad.Functional;

namespace Bench;

/// <summary>A function of arrays with a plan, run on memory: as Ad.Compile runs it on spans, or op by op over tiles, as where no code can be emitted.</summary>
internal sealed class Planned<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly GradOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    private Planned(Arrays<T> inputs, Arrays<T> outputs, Action run) => (Inputs, Outputs, Run) = (inputs, outputs, run);

    public Arrays<T> Inputs { get; }

    public Arrays<T> Outputs { get; }

    /// <summary>Computes the outputs.</summary>
    public Action Run { get; }

    /// <summary>The function as Ad.Compile makes it, with the checks that a run on spans does.</summary>
    public static Planned<T> Compile<TIn, TOut>(Func<TIn, TOut> f, TIn x, int threads = 1)
    {
        var core = Ad.Compile(f, x, new GradOptions { MaxDegreeOfParallelism = threads }).Core;
        var (inputs, outputs) = (Hold(x), Hold(f(x)));
        return new(inputs, outputs, () => core.Run(inputs.Addresses, inputs.Lengths, outputs.Addresses, outputs.Lengths, default));
    }

    /// <summary>The function's plan without code emitted for it, on one thread.</summary>
    public static Planned<T> Interpret<TIn, TOut>(Func<TIn, TOut> f, TIn x)
    {
        using var recording = new Recording();
        var op = new PlaceholderOp(recording);
        var beginnings = Tree.Flatten(x, nameof(x)).ConvertAll(leaf => leaf.MakeLeaf(op, recording.Birth, placeholder: true)).ToArray();
        var plan = PlanBuilder.Build(beginnings, Tree.Flatten(f(Tree.Rebuild(x, beginnings)), nameof(f)).ToArray());
        plan.EmitsWhenHot = false;
        var (inputs, outputs) = (Hold(x), Hold(f(x)));
        return new(inputs, outputs, () =>
        {
            using var scope = OptionsScope.Enter(s_oneThread);
            plan.Run(inputs.Addresses, outputs.Addresses);
        });
    }

    /// <summary>The elements of a tree's leaves, in memory.</summary>
    public static Arrays<T> Hold<TTree>(TTree tree)
    {
        var leaves = Tree.Flatten(tree, nameof(tree)).ConvertAll(leaf => (NDArray<T>)leaf);
        var memory = new Arrays<T>([.. leaves.Select(leaf => leaf.Length)]);
        for (var i = 0; i < leaves.Count; i++)
        {
            leaves[i].AsSpan().CopyTo(memory[i]);
        }

        return memory;
    }
}
