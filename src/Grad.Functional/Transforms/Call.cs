using System.Diagnostics;

namespace Grad.Functional;

/// <summary>A function run on traced inputs: what every operator of Ad begins with.</summary>
internal sealed class Call : IDisposable
{
    private readonly Recording _recording;
    private readonly Func<Node[], Node> _function;
    private readonly Node[] _arguments;
    private readonly long _readsBefore;
    private OptionsScope _scope;

    private Call(string operation, Func<Node[], Node> function, Node[] arguments, GradOptions? options)
    {
        _scope = OptionsScope.Enter(options);
        (Operation, _function, _arguments) = (operation, function, arguments);
        _recording = new Recording();
        _readsBefore = ReadLog.Reads;
    }

    /// <summary>Whether nothing outside this call can ask for a derivative of the output: it is this call's alone.</summary>
    public bool IsOutermost => Output.Oldest == _recording.Birth && Array.TrueForAll(Inputs, input => input.OperandCount == 0);

    /// <summary>The operator's name in messages.</summary>
    public string Operation { get; }

    /// <summary>What was recorded.</summary>
    public Recording Recording => _recording;

    /// <summary>The traced inputs.</summary>
    public Node[] Inputs { get; private set; } = [];

    /// <summary>What the function returned.</summary>
    public Node Output { get; private set; } = null!;

    /// <summary>Runs the function. Whatever it throws is the caller's; the call is closed then.</summary>
    /// <param name="operation">The operator's name in messages.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">What its inputs are.</param>
    /// <param name="options">What holds until the call is disposed; null for what holds already.</param>
    public static Call Run(string operation, Func<Node[], Node> function, Node[] arguments, GradOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function, "f");
        foreach (var argument in arguments)
        {
            ArgumentNullException.ThrowIfNull(argument, "x");
        }

        var call = new Call(operation, function, arguments, options);
        try
        {
            call.Inputs = Enter(call._recording, arguments);
            call.Output = function(call.Inputs)
                ?? throw new ArgumentException($"{operation} needs f to return an array, but it returned null.", "f");
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }

    /// <summary>A value like <paramref name="like"/> to be put in later, with the mask of where it is not zero.</summary>
    /// <remarks>
    /// One-hot vectors will be put in. That their zeros are zeros of the seed, not of a computation, is what the pending mask says: so
    /// they stay zero past an infinite slope.
    /// </remarks>
    public static Masked Placeholder(Recording recording, Node like)
    {
        var place = like.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        return new Masked(place, Compare<EqualOp>.Default.Apply(place, place.Constant(0)), Inverted: true);
    }

    /// <summary>A result as the caller gets it: a plain array, unless derivatives outside this call may still flow through it.</summary>
    public TNode Release<TNode>(TNode result) where TNode : Node => (TNode)Release(result, _recording.Birth);

    /// <summary>A result for each input as the caller gets it: for a structural zero, zeros or one of two errors.</summary>
    /// <param name="results">The results; null for a structural zero.</param>
    /// <param name="shape">The shape of the zeros, by input.</param>
    /// <param name="unused">What an input gets that the output does not depend on.</param>
    public Node[] Fill(Node?[] results, Func<int, Shape> shape, UnusedInputs unused = UnusedInputs.Zeros)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is null)
            {
                CheckUnused(i, unused);
                results[i] = Inputs[i].Constant(0, shape(i));
            }
        }

        return results!;
    }

    /// <summary>Decides what an input gets that the output does not depend on: zeros, or one of two errors.</summary>
    public void CheckUnused(int input, UnusedInputs unused)
    {
        if (ReadLog.Reads != _readsBefore)
        {
            ThrowIfReadOut(input);
        }

        if (unused == UnusedInputs.Throw)
        {
            throw new ArgumentException(
                $"{Operation} was asked for a derivative with respect to input {input}, but the output does not depend on it. " +
                "Use it in f, or pass UnusedInputs.Zeros.",
                "f");
        }
    }

    public void Dispose()
    {
        _recording.Dispose();
        _scope.Dispose();
    }

    /// <summary>A plain array, unless a beginning that is older than <paramref name="birth"/> and still open lies under the result.</summary>
    public static Node Release(Node result, long birth) => DependsOutside(result, birth) ? result : result.Detach();

    private static Node[] Enter(Recording recording, Node[] arguments)
    {
        var op = new InputOp(recording);
        return Array.ConvertAll(arguments, argument => argument.MakeLeaf(op, recording.Birth, placeholder: false));
    }

    private static bool DependsOutside(Node result, long birth)
    {
        if (result.Oldest >= birth)
        {
            return false;
        }

        var seen = new NodeTable();
        var pending = new Stack<Node>();
        pending.Push(result);
        while (pending.TryPop(out var node))
        {
            if (node.Op is LeafOp leaf && leaf.Birth < birth && leaf.IsOpen)
            {
                return true;
            }

            for (var i = 0; i < node.OperandCount; i++)
            {
                if (node.Operand(i) is var operand && operand.Oldest < birth && seen.TryAdd(operand, 0))
                {
                    pending.Push(operand);
                }
            }
        }

        return false;
    }

    // The classic mistake: a number read out of a traced value, used as if it still were the value. The function runs once more, now
    // with every read's place kept, and the first read that a derivative would have had to pass is named.
    private void ThrowIfReadOut(int input)
    {
        using var recording = new Recording();
        var inputs = Enter(recording, _arguments);
        var reads = ReadLog.Listen(() => _function(inputs));
        foreach (var (node, place) in reads)
        {
            if (Subgraph.Between([inputs[input]], [node], alongDerivatives: true).Depends(node))
            {
                throw new ArgumentException(
                    $"{Operation} found that the output does not depend on input {input}, but f read a number out of a value derived from it" +
                    $"{Where(place)}. A number that was read out is a constant to derivatives. Go on with the array itself instead of " +
                    "(double)…, ToScalar or ToArray; if a constant is meant, read it through Ad.StopGradient.",
                    "f");
            }
        }
    }

    private static string Where(StackTrace place)
    {
        foreach (var frame in place.GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { } method && method.DeclaringAssemblyName.Split(',')[0] != "Grad.Functional")
            {
                var line = frame.GetFileName() is { } file
                    ? FormattableString.Invariant($" at {Path.GetFileName(file)}, line {frame.GetFileLineNumber()}")
                    : "";
                return $"{line} (in {method.Name})";
            }
        }

        return "";
    }
}
