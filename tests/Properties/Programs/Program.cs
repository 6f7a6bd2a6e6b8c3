using Grad.Functional;

namespace Properties.Programs;

/// <summary>One value of a program: a constant, or an op on earlier values.</summary>
/// <param name="Op">The op; null for a constant.</param>
/// <param name="Operands">The places of its operands: inputs come first, then steps.</param>
/// <param name="Constant">The value of a constant: numbers that float holds too.</param>
/// <param name="Kink">Changes sign at, or is zero in, a kink of the op, if it has any.</param>
internal sealed record Step(Op? Op, int[] Operands, NDArray<double>? Constant = null, Func<double[], double>? Kink = null);

/// <summary>A function from some arrays to one number: a directed graph of ops.</summary>
/// <param name="Inputs">The shapes of the inputs.</param>
/// <param name="Steps">The values in order; the last is the result.</param>
internal sealed record Program(Shape[] Inputs, Step[] Steps)
{
    /// <summary>The number of input elements.</summary>
    public int Dimension => Inputs.Sum(shape => shape.ElementCount);

    public int Places => Inputs.Length + Steps.Length;

    /// <summary>The places of the steps through which derivatives may pass.</summary>
    public IEnumerable<int> DifferentiablePlaces =>
        Enumerable.Range(Inputs.Length, Steps.Length).Where(place => Steps[place - Inputs.Length].Op is { IsDifferentiable: true });

    /// <summary>Computes every value, on inputs of any element type, traced or not.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="replace">Called on every number array of a step before it is used; null leaves it as it is.</param>
    public Node[] Run(ReadOnlySpan<Node> inputs, Func<Node, Node>? replace = null)
    {
        var values = new Node[Places];
        inputs.CopyTo(values);
        for (var i = 0; i < Steps.Length; i++)
        {
            var step = Steps[i];
            var operands = Array.ConvertAll(step.Operands, place => values[place]);
            var value = step.Op is null ? inputs[0].Convert(step.Constant!) : step.Op.Apply(operands);
            values[Inputs.Length + i] = replace is not null && value.IsDifferentiable ? replace(value) : value;
        }

        return values;
    }

    /// <summary>The program as a user would write it.</summary>
    public NDArray<T> Call<T>(NDArray<T>[] inputs) where T : unmanaged => (NDArray<T>)Run(inputs)[^1];

    /// <summary>All elements of the inputs, one after the other, as the arrays that they are.</summary>
    public NDArray<double>[] Arrays(ReadOnlySpan<double> point)
    {
        var arrays = new NDArray<double>[Inputs.Length];
        for (int i = 0, start = 0; i < arrays.Length; start += Inputs[i].ElementCount, i++)
        {
            arrays[i] = NDArray.Create(point.Slice(start, Inputs[i].ElementCount), Inputs[i]);
        }

        return arrays;
    }

    /// <summary>The same program with another op at one place.</summary>
    public Program With(int place, Func<Op, Op> change)
    {
        var steps = Steps.ToArray();
        ref var step = ref steps[place - Inputs.Length];
        step = step with { Op = change(step.Op!) };
        return this with { Steps = steps };
    }

    /// <summary>The same program with constants for the numbers among the values that are not traced.</summary>
    public Program WithConstants(Node[] values)
    {
        var steps = Steps.ToArray();
        for (var i = 0; i < steps.Length; i++)
        {
            if (values[Inputs.Length + i] is { IsTraced: false, IsDifferentiable: true } constant)
            {
                steps[i] = new Step(null, [], (NDArray<double>)NDArray.Zeros<double>().Convert(constant));
            }
        }

        return this with { Steps = steps };
    }

    /// <summary>The program without the values that the one at <paramref name="result"/> does not need.</summary>
    public Program Prune(int result)
    {
        var needed = new bool[Places];
        needed[result] = true;
        for (var place = result; place >= Inputs.Length; place--)
        {
            if (needed[place])
            {
                Array.ForEach(Steps[place - Inputs.Length].Operands, operand => needed[operand] = true);
            }
        }

        var moved = new int[Places];
        var steps = new List<Step>();
        for (var place = 0; place <= result; place++)
        {
            moved[place] = place < Inputs.Length ? place : Inputs.Length + steps.Count;
            if (place >= Inputs.Length && needed[place])
            {
                var step = Steps[place - Inputs.Length];
                steps.Add(step with { Operands = Array.ConvertAll(step.Operands, operand => moved[operand]) });
            }
        }

        return this with { Steps = [.. steps] };
    }
}
