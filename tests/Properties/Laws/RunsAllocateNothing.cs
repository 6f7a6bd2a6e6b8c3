using Grad.Functional;
using Properties.Support;

namespace Properties.Laws;

/// <summary>A compiled function of any op, its value and its derivative, runs on memory without a byte allocated.</summary>
public sealed class RunsAllocateNothing : OpLaw
{
    internal override bool IsOfRules => false;

    private protected override int Draws => 1;

    private protected override void Check<T>(OpPoint point, Tally tally)
    {
        var call = point.As<T>();
        var seed = Seeds.Like(call.Value(), 9);
        AllocationFree.Check((NDArray<T>[] x) => [call.Apply(x), .. Ad.Grad(call.Apply, x, gradOutputs: seed)], call.Inputs);
    }
}
