using System.Runtime.InteropServices;

namespace Grad.Functional;

/// <summary>
/// What has been seen, by key. A structure is planned when it comes for the second time: most of what is computed but once never pays for
/// a plan. Readers take no lock.
/// </summary>
internal sealed class PlanCache<TPlanned> where TPlanned : class
{
    private const int BucketCount = 1024;

    // Keys are kept in full. Plans are some ten times as large as their keys, so that all together may take a hundred megabytes.
    private const int MaxEntries = 1024;
    private const int MaxNumbers = 2 << 20;

    private readonly Entry?[] _buckets = new Entry?[BucketCount];
    private readonly Lock _lock = new();
    private long _clock;
    private int _count;
    private long _numbers;

    /// <summary>The plan for a key; null if it comes for the first time.</summary>
    /// <param name="key">The key.</param>
    /// <param name="of">What a plan is made of.</param>
    /// <param name="plan">Makes the plan, when the key comes for the second time.</param>
    public TPlanned? Find<TOf>(ReadOnlySpan<int> key, TOf of, Func<TOf, TPlanned> plan)
    {
        var hash = Hash(key);
        if ((Seen(hash, key) ?? Enter(hash, key)) is not { } entry)
        {
            return null;
        }

        entry.LastUse = Interlocked.Increment(ref _clock);

        // Two threads may both make the plan: either serves. So does what by its hash alone was taken for seen.
        return entry.Known?.Planned ?? Keep(entry, new Known(key.ToArray(), plan(of)));
    }

    private Entry? Seen(ulong hash, ReadOnlySpan<int> key)
    {
        for (var entry = Volatile.Read(ref _buckets[hash % BucketCount]); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && (entry.Known is not { } known || key.SequenceEqual(known.Key)))
            {
                return entry;
            }
        }

        return null;
    }

    // An entry that another thread has made meanwhile, or that was not to be seen while the older half was dropped; null if it is a new one.
    private Entry? Enter(ulong hash, ReadOnlySpan<int> key)
    {
        lock (_lock)
        {
            if (Seen(hash, key) is { } seen)
            {
                return seen;
            }

            if (_count >= MaxEntries)
            {
                DropOlderHalf();
            }

            ref var bucket = ref _buckets[hash % BucketCount];
            Volatile.Write(ref bucket, new Entry(hash, bucket) { LastUse = Interlocked.Increment(ref _clock) });
            _count++;
            return null;
        }
    }

    // The whole of the key is worth keeping once it has come again.
    private TPlanned Keep(Entry entry, Known known)
    {
        lock (_lock)
        {
            _numbers += known.Key.Length - (entry.Known?.Key.Length ?? 0);
            entry.Known = known;
            if (_numbers > MaxNumbers)
            {
                DropOlderHalf();
            }
        }

        return known.Planned;
    }

    private static ulong Hash(ReadOnlySpan<int> key)
    {
        // Multiply and fold, two numbers at a time; keys are compared in full, so that no more is asked of it than spread.
        var hash = (ulong)key.Length * 0x9E3779B97F4A7C15;
        var pairs = MemoryMarshal.Cast<int, ulong>(key);
        foreach (var pair in pairs)
        {
            hash = (hash ^ pair) * 0xD6E8FEB86659FD93;
            hash ^= hash >> 32;
        }

        if (key.Length % 2 != 0)
        {
            hash = (hash ^ (uint)key[^1]) * 0xD6E8FEB86659FD93;
            hash ^= hash >> 32;
        }

        return hash;
    }

    private void DropOlderHalf()
    {
        var kept = new List<Entry>();
        foreach (var bucket in _buckets)
        {
            for (var entry = bucket; entry is not null; entry = entry.Next)
            {
                kept.Add(entry);
            }
        }

        kept.Sort((x, y) => y.LastUse.CompareTo(x.LastUse));
        Array.Clear(_buckets);
        (_count, _numbers) = (0, 0);
        foreach (var entry in kept.Take(MaxEntries / 2))
        {
            var numbers = entry.Known?.Key.Length ?? 0;
            if (_numbers + numbers > MaxNumbers / 2)
            {
                break;
            }

            ref var bucket = ref _buckets[entry.Hash % BucketCount];
            Volatile.Write(ref bucket, new Entry(entry.Hash, bucket) { Known = entry.Known, LastUse = entry.LastUse });
            (_count, _numbers) = (_count + 1, _numbers + numbers);
        }
    }

    private sealed record Known(int[] Key, TPlanned Planned);

    /// <summary>What has been seen: until it comes again nothing is kept but its hash.</summary>
    private sealed class Entry(ulong hash, Entry? next)
    {
        private Known? _known;
        private long _lastUse;

        public ulong Hash => hash;

        public Entry? Next => next;

        public Known? Known { get => Volatile.Read(ref _known); set => Volatile.Write(ref _known, value); }

        public long LastUse { get => Volatile.Read(ref _lastUse); set => Volatile.Write(ref _lastUse, value); }
    }
}
