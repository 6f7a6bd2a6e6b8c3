namespace Grad.Simd;

/// <summary>A function of one number, written once over the lane algebra.</summary>
public interface IUnaryKernel
{
    /// <summary>The function, on a lane.</summary>
    V Eval<V>(V x) where V : struct, ILane<V>;
}

/// <summary>A function of two numbers, written once over the lane algebra.</summary>
public interface IBinaryKernel
{
    /// <summary>The function, on a lane.</summary>
    V Eval<V>(V x, V y) where V : struct, ILane<V>;
}

/// <summary>A function of three numbers, written once over the lane algebra.</summary>
public interface ITernaryKernel
{
    /// <summary>The function, on a lane.</summary>
    V Eval<V>(V x, V y, V z) where V : struct, ILane<V>;
}
