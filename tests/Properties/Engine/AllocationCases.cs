using Grad.Functional;
using Properties.Support;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Engine;

/// <summary>
/// Compiled runs allocate nothing where the law over all ops, whose samples are small and of floating-point numbers, does not come: large arrays, whole
/// numbers, masks, broadcasts in structured ops.
/// </summary>
public class AllocationCases
{
    [Fact]
    public void Layers()
    {
        NDArray<float> images = Numbers(32, 60).Cast<float>();
        NDArray<int> labels = (NDArray.Arange<int>(32) % 7).Reshape(32, 1);
        NDArray<float> Loss(NDArray<float>[] w) =>
            -Mean(Gather(LogSoftmax(MatMul(Relu(MatMul(images, w[0]) + w[1]), w[2]) + w[3]), labels, axis: 1));
        AllocationFree.Check(
            w => Ad.ValueAndGrad(Loss, w) is var (value, grads) ? [value, .. grads] : [],
            [Numbers(60, 90).Cast<float>(), Numbers(90).Cast<float>(), Numbers(90, 7).Cast<float>(), Numbers(7).Cast<float>()]);
    }

    [Fact]
    public void Long_rows_and_columns() => AllocationFree.Check(
        x => [Softmax(x[0], 0), LogSoftmax(x[0], 1), LogSumExp(x[0], [0, 2]), CumSum(x[0], 1), Norm(x[0] * 1e-200, [1]), Norm(x[0] * 1e200, [2])],
        [Numbers(3, 1_500, 20)]);

    [Fact]
    public void Matrices() => AllocationFree.Check(
        x => [MatMul(x[0], x[1].T), MatMul(x[0].Reshape(4, 1, 50, 80), x[1].Reshape(5, 80, 40)), MatMul(x[0], x[1][0]), x[0].T, (2 * x[0].T) + 1.0],
        [Numbers(200, 80), Numbers(200, 80)]);

    [Fact]
    public void Whole_numbers_and_masks()
    {
        NDArray<int>[] x = [NDArray.Arange<int>(60).Reshape(3, 4, 5), NDArray.Arange<int>(4).Reshape(4, 1) + 1];
        AllocationFree.Check(
            x =>
            [
                x[0] * x[1], Sum(x[0], [0, 2]), Max(x[0], [0, 2]), MatMul(x[1].T, x[0]),
                Where((x[0] > x[1]) & !(x[0] == 7), x[0], x[1]), CumSum(x[0], 2), ArgMax(x[0], 1), Dot(x[0].Reshape(60), x[0].Reshape(60)), Maximum(x[0], x[1]) / x[1] % 3,
            ],
            x);
    }

    private static NDArray<double> Numbers(params int[] shape) => (new RandomKey(5).Uniform<double>(shape) * 2) - 1;
}
