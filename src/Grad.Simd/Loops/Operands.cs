using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Where a loop reads: the lanes at a place of its inputs, and what the kernel makes of them.</summary>
internal interface IOperands
{
    /// <summary>The kernel on the lanes that begin at element <paramref name="i"/>.</summary>
    V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged;

    /// <summary>Whether the JIT's budget for inlining holds the kernel over several vectors side by side.</summary>
    bool IsShort { get; }

    /// <summary>Whether the kernel is of a few operations: then what counts is how the memory is read and written.</summary>
    bool IsLight { get; }

    /// <summary>Whether an input begins at a place: there the kernel works in place.</summary>
    bool Reads(ref readonly byte place);
}

/// <summary>One input.</summary>
internal readonly ref struct One<TKernel, T>(TKernel kernel, ref readonly T x) : IOperands
    where TKernel : struct, IUnaryKernel
{
    private readonly TKernel kernel = kernel;
    private readonly ref readonly T x = ref x;

    public bool IsShort => ShortKernel.Unary<TKernel>.Is;

    public bool IsLight => ShortKernel.Unary<TKernel>.IsLight;

    public bool Reads(ref readonly byte place) =>
        Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in x)), in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        kernel.Eval(Lane.Load<V, E, T>(in x, i));
}

/// <summary>Two inputs.</summary>
internal readonly ref struct Two<TKernel, T>(TKernel kernel, ref readonly T x, ref readonly T y) : IOperands
    where TKernel : struct, IBinaryKernel
{
    private readonly TKernel kernel = kernel;
    private readonly ref readonly T x = ref x;
    private readonly ref readonly T y = ref y;

    public bool IsShort => ShortKernel.Binary<TKernel>.Is;

    public bool IsLight => ShortKernel.Binary<TKernel>.IsLight;

    public bool Reads(ref readonly byte place) =>
        Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in x)), in place)
        || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in y)), in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        kernel.Eval(Lane.Load<V, E, T>(in x, i), Lane.Load<V, E, T>(in y, i));
}

/// <summary>Three inputs.</summary>
internal readonly ref struct Three<TKernel, T>(TKernel kernel, ref readonly T x, ref readonly T y, ref readonly T z) : IOperands
    where TKernel : struct, ITernaryKernel
{
    private readonly TKernel kernel = kernel;
    private readonly ref readonly T x = ref x;
    private readonly ref readonly T y = ref y;
    private readonly ref readonly T z = ref z;

    public bool IsShort => ShortKernel.Ternary<TKernel>.Is;

    public bool IsLight => ShortKernel.Ternary<TKernel>.IsLight;

    public bool Reads(ref readonly byte place) =>
        Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in x)), in place)
        || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in y)), in place)
        || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in z)), in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged =>
        kernel.Eval(Lane.Load<V, E, T>(in x, i), Lane.Load<V, E, T>(in y, i), Lane.Load<V, E, T>(in z, i));
}

/// <summary>A choice by truth values; an operand with step 0 is one lane of memory that is read again and again.</summary>
internal readonly ref struct Choice<T>(ref readonly bool mask, ref readonly T x, int xStep, ref readonly T y, int yStep) : IOperands
{
    private readonly int xStep = xStep;
    private readonly int yStep = yStep;
    private readonly ref readonly bool mask = ref mask;
    private readonly ref readonly T x = ref x;
    private readonly ref readonly T y = ref y;

    public bool IsShort => false;

    public bool IsLight => true;

    public bool Reads(ref readonly byte place) =>
        Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in x)), in place)
        || Unsafe.AreSame(in Unsafe.As<T, byte>(ref Unsafe.AsRef(in y)), in place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Eval<V, E>(nint i) where V : struct, IHardwareLane<V, E> where E : unmanaged => V.Select(
        V.LoadMask(in Unsafe.Add(ref Unsafe.AsRef(in mask), i)),
        Lane.Load<V, E, T>(in x, i * xStep),
        Lane.Load<V, E, T>(in y, i * yStep));
}
