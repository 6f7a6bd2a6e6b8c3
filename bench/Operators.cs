using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>What does a plan save a plain call of each operator, once its structure has been seen? Beside the same call straight from the recording.</summary>
internal sealed class Operators : IQuestion
{
    public IEnumerable<Row> Rows()
    {
        foreach (var n in (int[])[3, 100])
        {
            NDArray<double> x = new RandomKey(1).Normal<double>(n), v = new RandomKey(2).Normal<double>(n);
            yield return Of($"Vjp, {n} elements", ReverseProduct.Instance, Many, x, v);
            yield return Of($"Jvp, {n} elements", ForwardProduct.Instance, Many, x, v);
            yield return Of($"Gradient, {n} elements", ReverseProduct.Instance, One, x);
            yield return Of($"HessianVectorProduct, {n} elements", HessianProduct.Instance, One, x, v);
            yield return Of($"Jacobian by rows, {n} elements", FullJacobian.ByRows, Many, x);
            yield return Of($"Jacobian by columns, {n} elements", FullJacobian.ByColumns, Many, x);
            yield return Of($"Hessian, {n} elements", FullJacobian.Hessian, One, x);
            yield return Again($"Pullback, {n} elements", Pullback.Instance, x, v);
            yield return Again($"Pushforward, {n} elements", Pushforward.Instance, x, v);
        }
    }

    private static Node Many(Node[] inputs) => Tanh((NDArray<double>)inputs[0]) * Sin((NDArray<double>)inputs[0] + 1.0) + Exp(-Square((NDArray<double>)inputs[0]));

    private static Node One(Node[] inputs) => Sum((NDArray<double>)Many(inputs));

    private static Row Of(string name, IDerivation derivation, Func<Node[], Node> f, Node x, params Node[] arguments)
    {
        Node[] Seeds(Call call) => derivation is FullJacobian jacobian ? jacobian.Seeds(call) : arguments;
        return Row.Against(name, () => (
            () =>
            {
                using var call = Call.Run("A benchmark", f, [x]);
                PlannedCall.Ask(call, derivation, Seeds(call));
            },
            () =>
            {
                using var call = Call.Run("A benchmark", f, [x]);
                Straight(call, derivation, call.Recording, Seeds(call));
            }
        ));
    }

    // Of one recording.
    private static Row Again(string name, IDerivation derivation, Node x, Node seed) => Row.Against(name, () =>
    {
        var call = Call.Run("A benchmark", Many, [x]);
        call.Release(call.Output);
        call.Dispose();
        return (
            () => PlannedCall.Ask(call, derivation, seed),
            () =>
            {
                using var recording = new Recording();
                Straight(call, derivation, recording, seed);
            }
        );
    });

    private static void Straight(Call call, IDerivation derivation, Recording recording, params Node[] seeds)
    {
        foreach (var result in derivation.Derive(recording, call.Output, call.Inputs, seeds))
        {
            if (result is not null)
            {
                Call.Release(result, recording.Birth);
            }
        }
    }
}
