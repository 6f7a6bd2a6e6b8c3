using Bench.Peers;

namespace Bench;

/// <summary>What was measured.</summary>
/// <param name="Ours">Nanoseconds a call of ours.</param>
/// <param name="Peer">Nanoseconds a call of the peer, where there is one.</param>
/// <param name="Judged">What the bar is for: the ratio to the peer, or nanoseconds a part of a call.</param>
internal readonly record struct Figure(double Ours, double? Peer, double Judged);

/// <summary>One comparison.</summary>
/// <param name="Name">Stands in the table, and is what a filter looks in.</param>
/// <param name="Measure">Sets up and measures; null where the peer is not installed.</param>
/// <param name="Bar">The most that the figure may be; null where nothing is asked.</param>
internal sealed record Row(string Name, Func<Figure?> Measure, double? Bar = null)
{
    /// <summary>Ours against a peer in this process, in turns.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="ready">Sets both up; a peer of null is not installed.</param>
    /// <param name="bar">The greatest ratio of the times, ours to the peer's.</param>
    public static Row Against(string name, Func<(Action Ours, Action? Peer)> ready, double? bar = null) =>
        new(
            name,
            () =>
            {
                var (ours, peer) = ready();
                return peer is null ? null : Of(Alternating.Measure(ours, peer));
            },
            bar);

    /// <summary>Ours against PyTorch on one thread, in turns.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="workload">The name of a function in torch_peer.py, and its arguments.</param>
    /// <param name="ready">Sets ours up.</param>
    /// <param name="bar">The greatest ratio of the times, ours to PyTorch's.</param>
    public static Row AgainstTorch(string name, string workload, Func<Action> ready, double? bar = null) =>
        new(
            $"{name}, PyTorch",
            () => Torch.Shared is { } torch ? Of(Alternating.OfSamples(Alternating.Sampler(ready()), () => torch.Sample(workload))) : null,
            bar);

    /// <summary>The time of ours alone.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="ready">Sets it up.</param>
    /// <param name="parts">Parts that the time of a call is divided by: ops, elements, iterations.</param>
    /// <param name="bar">The most nanoseconds a part.</param>
    public static Row Alone(string name, Func<Action> ready, double parts, double? bar = null) =>
        new(
            name,
            () =>
            {
                var time = Alternating.Measure(ready());
                return new Figure(time, null, time / parts);
            },
            bar);

    private static Figure Of(Alternating times) => new(times.Ours, times.Peer, times.Ratio);
}
