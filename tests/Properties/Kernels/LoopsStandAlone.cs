using System.Reflection;
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
}
