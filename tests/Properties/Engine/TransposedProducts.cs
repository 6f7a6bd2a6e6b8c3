using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>Plans carry out no transposes that products read or that are taken of products, and give the bits of those that are.</summary>
public class TransposedProducts
{
    [Theory]
    [InlineData(5, 7, 3)]
    [InlineData(4, 4, 4)]
    [InlineData(1, 6, 1)]
    [InlineData(40, 300, 50)]
    public void Layers_need_no_copies(int rows, int depth, int columns)
    {
        NDArray<double>[] x = [Numbers(rows, depth), Numbers(columns, depth)];
        AreOneWithout<PermuteOp>(v => MatMul(v[0], v[1].T), x);
        AreOneWithout<PermuteOp>(v => MatMul(v[1], v[0].T).T, x);
        AreOneWithout<PermuteOp>(v => MatMul(Tanh(v[1]), v[0].T).T.T, x);
    }

    [Fact]
    public void Batches_need_no_copies()
    {
        NDArray<double>[] x = [Numbers(3, 4, 5), Numbers(3, 6, 5)];
        AreOneWithout<PermuteOp>(v => MatMul(v[0], Permute(v[1], 0, 2, 1)), x);
        AreOneWithout<PermuteOp>(v => Permute(MatMul(v[0], Permute(v[1], 0, 2, 1)), 0, 2, 1), x);
    }

    // What others need in its own order is made once, and copied.
    [Fact]
    public void A_product_read_both_ways_is_made_once()
    {
        NDArray<double>[] x = [Numbers(4, 5), Numbers(5, 4)];
        NDArray<double> Both(NDArray<double>[] v) => MatMul(v[0], v[1]) is var product ? product + product.T : product;
        Assert.Equal(NodeBits.Of(Both(x)), NodeBits.Of(Ad.Compile<NDArray<double>[], NDArray<double>>(Both).Invoke(x)));
        Assert.Equal(1, Count<MatMulOp>(v => [Both(v)], x));
    }

    private static void AreOneWithout<TOp>(Func<NDArray<double>[], NDArray<double>> f, NDArray<double>[] x) where TOp : Op
    {
        NDArray<double>[] Both(NDArray<double>[] v) => [f(v), .. Ad.Grad(f, v, gradOutputs: NDArray.Arange<double>(f(x).Length).Reshape([.. f(x).Shape]))];
        string[] direct = Array.ConvertAll(Both(x), NodeBits.Of);
        Assert.Equal(direct, Array.ConvertAll(Ad.Compile<NDArray<double>[], NDArray<double>[]>(Both).Invoke(x), NodeBits.Of));
        Assert.Equal(0, Count<TOp>(Both, x));
    }

    private static int Count<TOp>(Func<NDArray<double>[], NDArray<double>[]> f, NDArray<double>[] x) where TOp : Op
    {
        using var recording = new Recording();
        var op = new PlaceholderOp(recording);
        Node[] inputs = Array.ConvertAll(x, leaf => leaf.MakeLeaf(op, recording.Birth, placeholder: true));
        Node[] outputs = f(Array.ConvertAll(inputs, input => (NDArray<double>)input));
        return new PlanGraph(inputs, outputs).Values.Count(value => value.IsComputed && value.Node.Op is TOp);
    }

    private static NDArray<double> Numbers(params int[] shape) => (new RandomKey(5).Uniform<double>(shape) * 2) - 1;
}
