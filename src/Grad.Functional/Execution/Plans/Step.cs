namespace Grad.Functional;

/// <summary>A part of a plan's work. It holds nothing of a run: all that changes stands behind the addresses.</summary>
internal abstract unsafe class Step
{
    /// <summary>Elements computed in a run, where emitted code would compute them faster; 0 where there is nothing to emit.</summary>
    public virtual long Work => 0;

    /// <summary>Whether machine code does the work.</summary>
    public virtual bool IsEmitted => false;

    /// <summary>How the work is done, in words: the tier, and what it was fitted to.</summary>
    public virtual string Tier => "by the ops' own kernels";

    /// <summary>Emits machine code for the work, if there can be any; runs go on meanwhile, and take it up when it is there.</summary>
    public virtual void Emit()
    {
    }

    /// <summary>Does the work.</summary>
    /// <param name="table">Addresses by slot.</param>
    public abstract void Run(nint* table);
}

/// <summary>One op over whole arrays.</summary>
/// <param name="node">The op's place in a graph without values.</param>
/// <param name="place">Where its operands stand.</param>
/// <param name="result">Slot of the result.</param>
internal sealed unsafe class OpStep(Node node, OpPlace place, int result) : Step
{
    public override void Run(nint* table) => node.Op!.Evaluate(new Evaluation(node, ref *(byte*)table[result], table, place));
}

/// <summary>A value that is wanted in one more place.</summary>
internal sealed unsafe class CopyStep(int source, int target, long bytes) : Step
{
    /// <summary>Where from, where to, how much.</summary>
    public (int Source, int Target, long Bytes) Parts => (source, target, bytes);

    public override string Tier => "copied";

    public override void Run(nint* table) => Buffer.MemoryCopy((void*)table[source], (void*)table[target], bytes, bytes);
}
