using System.Globalization;
using System.Numerics;
using Grad.Functional;

namespace Properties.Laws;

/// <summary>Where a law tries an op: the shapes and elements of its operands, masks as zeros and ones, positions as they are.</summary>
internal sealed record OpPoint(OpSample Sample, Shape[] Shapes, double[][] Elements)
{
    /// <summary>The number of numbers drawn.</summary>
    public int Count => Elements.Sum(elements => elements.Length);

    /// <summary>For an elementwise op: the operands that meet in each element of the result.</summary>
    public IEnumerable<double[]> Meetings()
    {
        var common = Generators.Shapes.Common(Shapes);
        double[][] all = [.. Shapes.Select((shape, i) =>
            NDMath.BroadcastTo(NDArray.Create<double>(Elements[i], shape), common).ToArray())];
        return Enumerable.Range(0, common.ElementCount).Select(k => Array.ConvertAll(all, operand => operand[k]));
    }

    /// <summary>The same with marked elements of operands that have derivatives replaced by the middle of their domain.</summary>
    public OpPoint Tame(bool[][] marked)
    {
        int[] operands = [.. Enumerable.Range(0, Shapes.Length).Where(i => Sample.Operands[i].IsReal)];
        double[][] tamed = [.. Elements];
        for (int input = 0; input < operands.Length; input++)
        {
            var (i, spec) = (operands[input], Sample.Operands[operands[input]]);
            tamed[i] = [.. Elements[i].Select((x, k) => marked[input][k] ? (float)((spec.Low + spec.High) / 2) : x)];
        }

        return this with { Elements = tamed };
    }

    /// <summary>The operands as arrays.</summary>
    public OpCall<T> As<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = new Node[Shapes.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = Sample.Operands[i].Kind switch
            {
                OperandKind.Mask => NDArray.Create<bool>(Array.ConvertAll(Elements[i], x => x != 0), Shapes[i]),
                OperandKind.Index => NDArray.Create<int>(Array.ConvertAll(Elements[i], x => (int)x), Shapes[i]),
                _ => NDArray.Create<T>(Array.ConvertAll(Elements[i], T.CreateChecked), Shapes[i]),
            };
        }

        return new OpCall<T>(Sample.Op, operands);
    }

    public override string ToString() =>
        $"{Sample.Op.Name}({Sample.Op.Attributes}) of " +
        string.Join(", ", Shapes.Zip(Elements, (shape, elements) =>
            $"{shape}: {{{string.Join(", ", elements.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}}}"));
}
