using System.Runtime.InteropServices;

namespace Grad.Simd;

/// <summary>
/// Numbers as types: each has as many bytes. A condition on the size of a type parameter folds when the JIT imports the method, so that code
/// for rows that a kernel lacks is never looked at.
/// </summary>
internal static class Size
{
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    public struct One;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    public struct Two;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    public struct Three;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    public struct Four;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    public struct Five;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    public struct Six;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    public struct Seven;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    public struct Eight;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    public struct Nine;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    public struct Ten;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    public struct Eleven;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    public struct Twelve;

    [StructLayout(LayoutKind.Sequential, Size = 13)]
    public struct Thirteen;

    [StructLayout(LayoutKind.Sequential, Size = 14)]
    public struct Fourteen;
}
