using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>Collects what tells structures apart, as a list of numbers that is compared in full.</summary>
internal sealed class OpKey
{
    private int[] _numbers = new int[64];

    /// <summary>What has been collected.</summary>
    public ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear() => Count = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int number)
    {
        if (Count == _numbers.Length)
        {
            Grow(1);
        }

        _numbers[Count++] = number;
    }

    public void Add(bool flag) => Add(flag ? 1 : 0);

    /// <summary>A type, by what the runtime knows it by: no two have the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Type type)
    {
        var handle = type.TypeHandle.Value;
        Add((int)handle);
        Add((int)(handle >> 32));
    }

    /// <summary>Several numbers, and how many.</summary>
    public void Add(ReadOnlySpan<int> numbers)
    {
        Add(numbers.Length);
        if (Count + numbers.Length > _numbers.Length)
        {
            Grow(numbers.Length);
        }

        numbers.CopyTo(_numbers.AsSpan(Count));
        Count += numbers.Length;
    }

    /// <summary>A struct of constants, by its bytes.</summary>
    public void AddConstants<T>(T constants) where T : struct
    {
        foreach (var part in MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref constants, 1)))
        {
            Add(part);
        }
    }

    private void Grow(int more) => Array.Resize(ref _numbers, Math.Max(2 * _numbers.Length, Count + more));
}
