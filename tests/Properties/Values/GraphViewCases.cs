using Grad.Functional;
using Xunit;
using static Grad.Functional.NDMath;

namespace Properties.Values;

/// <summary>What a trace shows: ops, shapes, inputs by name, shared nodes, constants, and nothing of what lies outside.</summary>
public class GraphViewCases
{
    private static readonly NDArray<double> s_matrix = new double[,] { { 1, 2 }, { 3, 4 } };

    [Fact]
    public void InputsHaveTheNamesOfParametersAndSharedNodesStandOnce()
    {
        var view = Ad.Trace((left, right) => Square(left + right) * (left + right), s_matrix, s_matrix);
        Assert.Equal(4, view.OpCount);
        var text = view.ToString();
        Assert.StartsWith("left  = Input", text, StringComparison.Ordinal);
        Assert.Contains("right = Input", text, StringComparison.Ordinal);

        var shared = Ad.Trace(x => Twice(Sin(x)), s_matrix);
        Assert.Equal(
            "x  = Input             Double [2, 2]\n" +
            "%1 = Sin(x)            Double [2, 2]  used 2 times\n" +
            "%2 = Multiply(%1, %1)  Double [2, 2]  output\n",
            shared.ToString());

        static NDArray<double> Twice(NDArray<double> y) => y * y;
    }

    [Fact]
    public void NumbersStandWhereTheyAreUsedAndArraysOfConstantsAreNodes()
    {
        NDArray<float> x = new float[] { 1, 2 };
        Assert.Equal(
            "v  = Input              Single [2]\n" +
            "%2 = Multiply(v, 2.5)   Single [2]\n" +
            "%3 = Constant           Single [2]\n" +
            "%4 = Add(%2, %3)        Single [2]\n" +
            "%5 = Sum(%4; axes [0])  Single []   output\n",
            Ad.Trace(v => Sum((v * 2.5f) + new float[] { 3, 4 }), x).ToString());
    }

    [Fact]
    public void AResultThatDependsOnNothingIsAConstant() =>
        Assert.Equal("x  = Input  Double [2, 2]\n%1 = 5.0    Double []      output\n", Ad.Trace(x => (NDArray<double>)5.0, s_matrix).ToString());

    [Fact]
    public void WhatAnOuterCallTracedIsABeginning()
    {
        var text = "";
        Ad.Grad(
            outer =>
            {
                var captured = Sin(outer);
                text = Ad.Trace(x => x * captured, s_matrix).ToString();
                return Sum(captured);
            },
            s_matrix);
        Assert.Equal(
            "x  = Input            Double [2, 2]\n" +
            "%1 = Captured         Double [2, 2]\n" +
            "%2 = Multiply(x, %1)  Double [2, 2]  output\n",
            text);
    }

    [Fact]
    public void AGradientIsAGraphLikeAnyOther()
    {
        var view = Ad.Trace(x => Ad.Grad(v => Sum(v * v), x), s_matrix);
        Assert.DoesNotContain("Captured", view.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, view.ToString().Split('\n').Count(line => line.Contains("= Input", StringComparison.Ordinal)));
    }

    [Fact]
    public void DrawingsNameEveryNodeAndEdge()
    {
        var view = Ad.Trace((x, y) => Sum(x * y, 1), s_matrix, s_matrix);
        Assert.Equal(
            "flowchart TD\n" +
            "    n0([\"x<br/>Double [2, 2]\"])\n    n1([\"y<br/>Double [2, 2]\"])\n" +
            "    subgraph g0[\"fused\"]\n" +
            "        n2[\"Multiply<br/>Double [2, 2]\"]\n        n3[\"Sum<br/>axes [1]<br/>Double [2]\"]\n    end\n" +
            "    n0 --> n2\n    n1 --> n2\n    n2 --> n3\n    style n3 stroke-width:3px\n",
            view.ToMermaid());
        Assert.Equal(
            "digraph {\n    node [fontname=\"sans-serif\"];\n" +
            "    n0 [label=\"x\\nDouble [2, 2]\", shape=ellipse];\n    n1 [label=\"y\\nDouble [2, 2]\", shape=ellipse];\n" +
            "    n2 [label=\"Multiply\\nDouble [2, 2]\", shape=box];\n    n3 [label=\"Sum\\naxes [1]\\nDouble [2]\", shape=box, penwidth=3];\n" +
            "    n0 -> n2;\n    n1 -> n2;\n    n2 -> n3;\n}\n",
            view.ToDot());
    }

    [Fact]
    public void DeepGraphsDoNotRecurse()
    {
        var view = Ad.Trace(x => Enumerable.Range(0, 200_000).Aggregate(x, (y, _) => -y), s_matrix);
        Assert.Equal(200_000, view.OpCount);
    }
}
