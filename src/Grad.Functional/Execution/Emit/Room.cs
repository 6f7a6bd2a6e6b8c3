using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>Makes a recording lane as large as a 512-bit vector, by which bodies know it.</summary>
[StructLayout(LayoutKind.Sequential, Size = WideLane.Size - sizeof(int))]
internal readonly struct WideRoom;

/// <summary>Leaves a recording lane smaller than a 512-bit vector.</summary>
internal readonly struct NarrowRoom;
