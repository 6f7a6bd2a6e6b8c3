using System.Runtime.CompilerServices;

namespace Grad.Simd;

/// <summary>Stable sorting by the digits of keys, which are bytes, from the last to the first.</summary>
internal static unsafe class Radix
{
    private const int Digits = 256;

    // For a byte of the key: fewer items are sorted sooner by comparisons.
    private const int FewPerByte = 32;

    /// <summary>What is sorted: a key, and perhaps where it comes from.</summary>
    public interface IItem<T, TSelf> where TSelf : unmanaged, IItem<T, TSelf>
    {
        /// <summary>The bytes of the key.</summary>
        static abstract int Length { get; }

        /// <summary>Sorts few, stably, by comparisons; as many items of memory beside them are free.</summary>
        static abstract void SortFew(TSelf* items, TSelf* free, int count);

        /// <summary>The item of a number. A NaN whose number is asked for again must not be sorted.</summary>
        static abstract TSelf Of(T number, int place, bool descending);

        /// <summary>Where it comes from.</summary>
        int Place { get; }

        /// <summary>A byte of the key, from the last one.</summary>
        int Digit(int digit);

        /// <summary>The number again.</summary>
        T Value(bool descending);
    }

    /// <summary>Sorts items and gives the memory that they are in order in: their own, or as much beside it.</summary>
    public static TItem* Sort<T, TItem>(TItem* items, TItem* other, int count) where TItem : unmanaged, IItem<T, TItem>
    {
        if (count <= FewPerByte * TItem.Length)
        {
            TItem.SortFew(items, other, count);
            return items;
        }

        int* counts = stackalloc int[TItem.Length * Digits];
        new Span<int>(counts, TItem.Length * Digits).Clear();
        Count<T, TItem>(items, count, counts);
        for (int digit = 0; digit < TItem.Length; digit++)
        {
            int* places = counts + (digit * Digits);

            // A digit that all have in common leaves the order as it is.
            if (places[items->Digit(digit)] == count)
                continue;
            int sum = 0;
            for (int i = 0; i < Digits; i++)
                (places[i], sum) = (sum, sum + places[i]);
            Deal<T, TItem>(items, other, count, digit, places);
            TItem* dealt = other;
            other = items;
            items = dealt;
        }

        return items;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Count<T, TItem>(TItem* items, nint count, int* counts) where TItem : unmanaged, IItem<T, TItem>
    {
        for (nint i = 0; i < count; i++)
        {
            TItem item = items[i];
            for (int digit = 0; digit < TItem.Length; digit++)
                counts[(digit * Digits) + item.Digit(digit)]++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Deal<T, TItem>(TItem* items, TItem* target, nint count, int digit, int* places) where TItem : unmanaged, IItem<T, TItem>
    {
        for (nint i = 0; i < count; i++)
        {
            TItem item = items[i];
            target[places[item.Digit(digit)]++] = item;
        }
    }

    // Bit patterns of numbers as whole ones of the same order: those of negative numbers turned around, below those of positive ones.
    private static uint Ordered(float x, bool descending)
    {
        uint bits = BitConverter.SingleToUInt32Bits(x), key = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
        return descending ? ~key : key;
    }

    private static ulong Ordered(double x, bool descending)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(x), key = bits ^ ((ulong)((long)bits >> 63) | 0x8000_0000_0000_0000u);
        return descending ? ~key : key;
    }

    // NaN, whatever its sign, beyond the infinities.
    private static uint Total(float x, bool descending) => float.IsNaN(x) ? (descending ? 0 : uint.MaxValue) : Ordered(x, descending);

    private static ulong Total(double x, bool descending) => double.IsNaN(x) ? (descending ? 0 : ulong.MaxValue) : Ordered(x, descending);

    private static float Number(uint key, bool descending)
    {
        key = descending ? ~key : key;
        return BitConverter.UInt32BitsToSingle(key ^ ((uint)((int)~key >> 31) | 0x8000_0000u));
    }

    private static double Number(ulong key, bool descending)
    {
        key = descending ? ~key : key;
        return BitConverter.UInt64BitsToDouble(key ^ ((ulong)((long)~key >> 63) | 0x8000_0000_0000_0000u));
    }

    /// <summary>A float alone.</summary>
    public readonly struct Key32(uint key) : IItem<float, Key32>
    {
        private readonly uint _key = key;

        public static int Length => sizeof(uint);

        public int Place => 0;

        public static void SortFew(Key32* items, Key32* free, int count) => new Span<uint>(items, count).Sort();

        public static Key32 Of(float number, int place, bool descending) => new(Ordered(number, descending));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Digit(int digit) => (byte)(_key >> (8 * digit));

        public float Value(bool descending) => Number(_key, descending);
    }

    /// <summary>A double alone.</summary>
    public readonly struct Key64(ulong key) : IItem<double, Key64>
    {
        private readonly ulong _key = key;

        public static int Length => sizeof(ulong);

        public int Place => 0;

        public static void SortFew(Key64* items, Key64* free, int count) => new Span<ulong>(items, count).Sort();

        public static Key64 Of(double number, int place, bool descending) => new(Ordered(number, descending));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Digit(int digit) => (byte)(_key >> (8 * digit));

        public double Value(bool descending) => Number(_key, descending);
    }

    /// <summary>A float and its place, as the halves of a whole number.</summary>
    public readonly struct Place32(uint key, int place) : IItem<float, Place32>
    {
        private readonly ulong _both = ((ulong)key << 32) | (uint)place;

        public static int Length => sizeof(uint);

        public int Place => (int)_both;

        public static void SortFew(Place32* items, Place32* free, int count) => new Span<ulong>(items, count).Sort();

        public static Place32 Of(float number, int place, bool descending) => new(Total(number, descending), place);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Digit(int digit) => (byte)(_both >> (32 + (8 * digit)));

        public float Value(bool descending) => Number((uint)(_both >> 32), descending);
    }

    /// <summary>A double and its place.</summary>
    public readonly struct Place64(ulong key, int place) : IItem<double, Place64>
    {
        private readonly ulong _key = key;

        public static int Length => sizeof(ulong);

        public int Place { get; } = place;

        public static void SortFew(Place64* items, Place64* free, int count)
        {
            Span<ulong> keys = new(free, count);
            Span<int> places = new((ulong*)free + count, count);
            for (int i = 0; i < count; i++)
                (keys[i], places[i]) = (items[i]._key, items[i].Place);
            keys.Sort(places);
            for (int first = 0, end; first < count; first = end)
            {
                for (end = first + 1; end < count && keys[end] == keys[first]; end++)
                {
                }

                // What is equal comes in the order of its places.
                if (end > first + 1)
                    places[first..end].Sort();
            }

            for (int i = 0; i < count; i++)
                items[i] = new Place64(keys[i], places[i]);
        }

        public static Place64 Of(double number, int place, bool descending) => new(Total(number, descending), place);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Digit(int digit) => (byte)(_key >> (8 * digit));

        public double Value(bool descending) => Number(_key, descending);
    }
}
