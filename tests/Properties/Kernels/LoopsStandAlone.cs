using System.Reflection;
using System.Runtime.CompilerServices;
using Grad.Simd;
using Xunit;

namespace Properties.Kernels;

/// <summary>
/// What the JIT is asked to optimise at once must also be compiled on its own: inlined into a short caller, a kernel exceeds the caller's
/// budget for inlining, and every operation of its lanes becomes a call.
/// </summary>
public class LoopsStandAlone
{
    private const BindingFlags Anything =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void No_loop_may_be_inlined()
    {
        var loops = typeof(SpanMath).Assembly.GetTypes().SelectMany(type => type.GetMethods(Anything))
            .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)).ToList();
        Assert.NotEmpty(loops);
        Assert.All(loops, loop => Assert.True(
            loop.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining), $"{loop.DeclaringType}.{loop.Name} may be inlined."));
    }

    [Fact]
    public void Kernels_of_an_operation_are_light()
    {
        Assert.True(ShortKernel.Unary<Doubling>.IsLight);
        Assert.True(ShortKernel.Binary<Adding>.IsLight);
        Assert.True(ShortKernel.Ternary<Fusing>.IsLight);
    }

    private readonly struct Doubling : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x) where V : struct, ILane<V> => x + x;
    }

    private readonly struct Adding : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y) where V : struct, ILane<V> => x + y;
    }

    private readonly struct Fusing : ITernaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Eval<V>(V x, V y, V z) where V : struct, ILane<V> => V.MultiplyAdd(x, y, z);
    }
}
