using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Grad.Simd;
using Xunit;

namespace Properties.Kernels;

/// <summary>Wherever the stack stands, a caller that takes from it what it is told to has the vectors of the methods that it calls at multiples of 64 bytes.</summary>
public class SpillsAligned
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(64)]
    public void The_room_asked_for_aligns_vectors(int depth)
    {
        if (Vector512.IsHardwareAccelerated)
            Assert.Equal(WideLane.Size, Aligned(depth));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Aligned(int depth)
    {
        Span<byte> moved = stackalloc byte[depth];
        moved[0] = 0;
        Span<byte> room = stackalloc byte[VectorStack.Misplaced()];
        room[0] = 0;
        return VectorStack.Misplaced();
    }
}
