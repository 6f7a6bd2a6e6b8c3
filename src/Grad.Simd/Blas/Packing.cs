using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Grad.Simd;

/// <summary>Copies parts of a matrix into the order in which tiles read them.</summary>
internal static unsafe class Packing
{
    /// <summary>
    /// <c>destination[p·count + i] = source[i·stride + p·step]</c>, for i below the count, at most three of the longest lanes, and p below the depth.
    /// </summary>
    public static void Interleave<E>(E* source, nint stride, nint step, nint count, nint depth, E* destination)
        where E : unmanaged
    {
        if (stride == 1)
            Copy((byte*)source, step * sizeof(E), count * sizeof(E), depth, (byte*)destination);
        else if (step != 1)
            Gather(source, stride, step, count, depth, destination);
        else if (sizeof(E) == sizeof(float) && count >= 8 && depth >= 8 && Avx.IsSupported)
            Turn<Square8x8Single, float>((float*)source, stride, count, depth, (float*)destination);
        else if (sizeof(E) == sizeof(float) && count >= 4 && depth >= 4 && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
            Turn<Square4x4Single, float>((float*)source, stride, count, depth, (float*)destination);
        else if (sizeof(E) == sizeof(double) && count >= 4 && depth >= 4 && Avx.IsSupported)
            Turn<Square4x4Double, double>((double*)source, stride, count, depth, (double*)destination);
        else if (sizeof(E) == sizeof(double) && count >= 2 && depth >= 2 && (Sse2.IsSupported || AdvSimd.Arm64.IsSupported))
            Turn<Square2x2Double, double>((double*)source, stride, count, depth, (double*)destination);
        else
            Gather(source, stride, 1, count, depth, destination);
    }

    // A pair of words makes a row, and may overlap in its middle.
    private static void Copy(byte* source, nint step, nint length, nint depth, byte* destination)
    {
        if (length <= 2 * sizeof(uint))
            CopyPairs<uint>(source, step, length, depth, destination);
        else if (length <= 2 * sizeof(ulong))
            CopyPairs<ulong>(source, step, length, depth, destination);
        else if (length <= 2 * sizeof(Vector128<byte>))
            CopyPairs<Vector128<byte>>(source, step, length, depth, destination);
        else if (length <= 2 * sizeof(Vector256<byte>))
            CopyPairs<Vector256<byte>>(source, step, length, depth, destination);
        else if (length <= 2 * sizeof(Vector512<byte>))
            CopyPairs<Vector512<byte>>(source, step, length, depth, destination);
        else
            CopyTriples(source, step, length, depth, destination);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CopyPairs<TWord>(byte* source, nint step, nint length, nint depth, byte* destination)
        where TWord : unmanaged
    {
        nint second = length - sizeof(TWord);
        for (; depth > 0; depth--, source += step, destination += length)
        {
            Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<TWord>(source));
            Unsafe.WriteUnaligned(destination + second, Unsafe.ReadUnaligned<TWord>(source + second));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CopyTriples(byte* source, nint step, nint length, nint depth, byte* destination)
    {
        nint last = length - sizeof(Vector512<byte>);
        for (; depth > 0; depth--, source += step, destination += length)
        {
            Vector512.Load(source).Store(destination);
            Vector512.Load(source + sizeof(Vector512<byte>)).Store(destination + sizeof(Vector512<byte>));
            Vector512.Load(source + last).Store(destination + last);
        }
    }

    // The last squares of either direction end flush with the data.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Turn<TSquare, E>(E* source, nint stride, nint count, nint depth, E* destination)
        where TSquare : struct, ISquare<E>
        where E : unmanaged
    {
        for (nint i = 0; i < count; i += TSquare.Size)
        {
            nint row = Math.Min(i, count - TSquare.Size);
            E* from = source + row * stride, to = destination + row;
            nint p = 0;
            for (; p <= depth - TSquare.Size; p += TSquare.Size)
                TSquare.Turn(from + p, stride, to + p * count, count);
            if (p < depth)
                TSquare.Turn(from + depth - TSquare.Size, stride, to + (depth - TSquare.Size) * count, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Gather<E>(E* source, nint stride, nint step, nint count, nint depth, E* destination)
        where E : unmanaged
    {
        for (nint i = 0; i < count; i++, source += stride, destination++)
        {
            E* from = source, to = destination;
            for (nint p = depth; p > 0; p--, from += step, to += count)
                *to = *from;
        }
    }

    /// <summary>A square of a matrix that is turned in registers.</summary>
    private interface ISquare<E> where E : unmanaged
    {
        static abstract int Size { get; }

        static abstract void Turn(E* source, nint stride, E* destination, nint destinationStride);
    }

    private readonly struct Square8x8Single : ISquare<float>
    {
        public static int Size { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 8; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(float* source, nint stride, float* destination, nint destinationStride) =>
            Square8x8.Turn(ref *source, stride, ref *destination, destinationStride);
    }

    private readonly struct Square4x4Single : ISquare<float>
    {
        public static int Size { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(float* source, nint stride, float* destination, nint destinationStride)
        {
            Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + stride);
            Vector128<float> c = Vector128.Load(source + 2 * stride), d = Vector128.Load(source + 3 * stride);
            Vector128<float> acLow = Low(a, c), acHigh = High(a, c), bdLow = Low(b, d), bdHigh = High(b, d);
            Low(acLow, bdLow).Store(destination);
            High(acLow, bdLow).Store(destination + destinationStride);
            Low(acHigh, bdHigh).Store(destination + 2 * destinationStride);
            High(acHigh, bdHigh).Store(destination + 3 * destinationStride);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
            Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
            Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
    }

    private readonly struct Square4x4Double : ISquare<double>
    {
        public static int Size { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(double* source, nint stride, double* destination, nint destinationStride)
        {
            Vector256<double> a = Vector256.Load(source), b = Vector256.Load(source + stride);
            Vector256<double> c = Vector256.Load(source + 2 * stride), d = Vector256.Load(source + 3 * stride);
            Vector256<double> ab02 = Avx.UnpackLow(a, b), ab13 = Avx.UnpackHigh(a, b), cd02 = Avx.UnpackLow(c, d), cd13 = Avx.UnpackHigh(c, d);
            Avx.Permute2x128(ab02, cd02, 0x20).Store(destination);
            Avx.Permute2x128(ab13, cd13, 0x20).Store(destination + destinationStride);
            Avx.Permute2x128(ab02, cd02, 0x31).Store(destination + 2 * destinationStride);
            Avx.Permute2x128(ab13, cd13, 0x31).Store(destination + 3 * destinationStride);
        }
    }

    private readonly struct Square2x2Double : ISquare<double>
    {
        public static int Size { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Turn(double* source, nint stride, double* destination, nint destinationStride)
        {
            Vector128<double> a = Vector128.Load(source), b = Vector128.Load(source + stride);
            (Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b)).Store(destination);
            (Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b)).Store(destination + destinationStride);
        }
    }
}
