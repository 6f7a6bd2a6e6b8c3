namespace Grad.Functional;

/// <summary>What shapes alone decide of an op's evaluation: strides, orders, room. Found once for all runs of a plan; immutable.</summary>
internal abstract class OpLayout
{
    /// <summary>How many elements of the result's type need room besides the result.</summary>
    public virtual int ScratchLength => 0;
}
