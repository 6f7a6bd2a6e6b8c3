using System.Globalization;
using Grad.Functional;
using Xunit;

namespace Properties.Values;

/// <summary>Arrays print as NumPy 1.24 prints them: recorded from it.</summary>
public class PrintingCases
{
    [Fact]
    public void Single_numbers()
    {
        Prints((NDArray<double>)3.0, "3.0");
        Prints((NDArray<double>)0.3333333333333333, "0.3333333333333333");
        Prints((NDArray<double>)1e+16, "1e+16");
        Prints((NDArray<double>)(-1.5e-05), "-1.5e-05");
        Prints((NDArray<double>)double.NaN, "nan");
        Prints((NDArray<double>)double.NegativeInfinity, "-inf");
        Prints((NDArray<float>)0.1f, "0.1");
        Prints((NDArray<float>)1e-04f, "1e-04");
        Prints((NDArray<float>)1677721600.0f, "1677721600.0");
        Prints((NDArray<int>)(-7), "-7");
        Prints((NDArray<bool>)true, "True");
    }

    [Fact]
    public void Rows()
    {
        Prints(NDArray.Zeros<double>(0), "[]");
        Prints([1.0, 2.0, 3.0], "[1. 2. 3.]");
        Prints([0.5, -1.25, 100.0], "[  0.5   -1.25 100.  ]");
        Prints([0.3333333333333333, 0.6666666666666666, -0.0, 1.0], "[ 0.33333333  0.66666667 -0.          1.        ]");
        Prints([100000000.0, 1.0], "[1.e+08 1.e+00]");
        Prints([99999999.5, 1.0, 0.0], "[9.99999995e+07 1.00000000e+00 0.00000000e+00]");
        Prints([1e-05, 1.0, 2.0], "[1.e-05 1.e+00 2.e+00]");
        Prints([0.0001, 0.05, 0.1], "[0.0001 0.05   0.1   ]");
        Prints([1001.0, 1.0], "[1.001e+03 1.000e+00]");
        Prints([1000.0, 1.0], "[1000.    1.]");
        Prints([double.NaN, double.PositiveInfinity, double.NegativeInfinity], "[ nan  inf -inf]");
        Prints([double.NaN, 1.5, double.NegativeInfinity], "[ nan  1.5 -inf]");
        Prints([double.NaN, 1e+20, double.NegativeInfinity], "[   nan 1.e+20   -inf]");
        Prints([1e-300, 1e+300, 5e-324, -1.0], "[ 1.e-300  1.e+300  5.e-324 -1.e+000]");
        Prints([0.001953125, 0.005859375, 0.009765625], "[0.00195312 0.00585938 0.00976562]");
        Prints([1e+23, 1.0], "[1.e+23 1.e+00]");
        Prints([0.1f, 0.2f, 0.3f], "[0.1 0.2 0.3]");
        Prints([100000000000.0f, 1.0f], "[1.e+11 1.e+00]");
        Prints([95579420.0f, -1073554.8f, 243351.16f], "[95579424.   -1073554.8    243351.16]");
        Prints([1e-04f, 1.0f, 2.0f], "[1.e-04 1.e+00 2.e+00]");
        Prints(
            [
                0.4412, -0.3309, 2.4308, -0.2521, 0.1096, 1.5825, -0.9092, -0.5916, 0.1876, -0.3299, -1.1928, -0.2049,
                -0.3588, 0.6035, -1.6648, -0.7002, 1.1514, 1.8573, -1.5112, 0.6448,
            ],
            """
            [ 0.4412 -0.3309  2.4308 -0.2521  0.1096  1.5825 -0.9092 -0.5916  0.1876
             -0.3299 -1.1928 -0.2049 -0.3588  0.6035 -1.6648 -0.7002  1.1514  1.8573
             -1.5112  0.6448]
            """);
        Prints(
            [
                -0.9806078852186219, -0.8568531547160899, -0.8718791832556535, -0.4225079291623943, 0.996439826913362,
                0.7124212708765678, 0.059144243219039896, -0.3633108784819174, 0.0032888429341100755, -0.10593044205742323,
                0.7930533194619698, -0.6315716297922155,
            ],
            """
            [-0.98060789 -0.85685315 -0.87187918 -0.42250793  0.99643983  0.71242127
              0.05914424 -0.36331088  0.00328884 -0.10593044  0.79305332 -0.63157163]
            """);
        Prints(
            [
                4663323.736552997, 40690502.30272972, 1.0961142544556962e-09, 0.2823518851137182, 463913784.27644134,
                0.015170729691055757, 443797.2395523668, 6.858307661126848, 75053.95258223725,
            ],
            """
            [4.66332374e+06 4.06905023e+07 1.09611425e-09 2.82351885e-01
             4.63913784e+08 1.51707297e-02 4.43797240e+05 6.85830766e+00
             7.50539526e+04]
            """);
        Prints([1, -20, 300, 0, 7], "[  1 -20 300   0   7]");
        Prints(
            [
                0, 2000, 4000, 6000, 8000, 10000, 12000, 14000, 16000, 18000, 20000, 22000, 24000, 26000, 28000, 30000, 32000,
                34000, 36000, 38000, 40000, 42000, 44000, 46000, 48000, 50000, 52000, 54000, 56000, 58000,
            ],
            """
            [    0  2000  4000  6000  8000 10000 12000 14000 16000 18000 20000 22000
             24000 26000 28000 30000 32000 34000 36000 38000 40000 42000 44000 46000
             48000 50000 52000 54000 56000 58000]
            """);
        Prints([true, false, true, true], "[ True False  True  True]");
        Prints([1.5f, 30000000.0f, 0.0f, -2.0f, float.PositiveInfinity, 0.001f], "[ 1.5e+00  3.0e+07  0.0e+00 -2.0e+00      inf  1.0e-03]");
    }

    [Fact]
    public void Tables_and_beyond()
    {
        Prints(NDArray.Zeros<double>(3, 0), "[]");
        Prints(NDArray.Create([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2, 3), """
            [[1. 2. 3.]
             [4. 5. 6.]]
            """);
        Prints(NDArray.Create([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.5], 2, 2, 2), """
            [[[1.  2. ]
              [3.  4. ]]

             [[5.  6. ]
              [7.  8.5]]]
            """);
        Prints(NDArray.Create([1.0f, 2.5f, -3.0f, 4.0f], 1, 2, 1, 2), """
            [[[[ 1.   2.5]]

              [[-3.   4. ]]]]
            """);
        Prints(NDArray.Create([4611686018427387904L, -1L, 5L, 1000000000000L], 2, 2), """
            [[4611686018427387904                  -1]
             [                  5       1000000000000]]
            """);
        Prints(NDArray.Create([true, true], 2, 1), """
            [[ True]
             [ True]]
            """);
    }

    [Fact]
    public void Long_arrays_are_abridged()
    {
        Prints(NDArray.Arange(1001), "[   0    1    2 ...  998  999 1000]");
        Prints(Quarters<double>(40, 40), """
            [[0.0000e+00 2.5000e-01 5.0000e-01 ... 9.2500e+00 9.5000e+00 9.7500e+00]
             [1.0000e+01 1.0250e+01 1.0500e+01 ... 1.9250e+01 1.9500e+01 1.9750e+01]
             [2.0000e+01 2.0250e+01 2.0500e+01 ... 2.9250e+01 2.9500e+01 2.9750e+01]
             ...
             [3.7000e+02 3.7025e+02 3.7050e+02 ... 3.7925e+02 3.7950e+02 3.7975e+02]
             [3.8000e+02 3.8025e+02 3.8050e+02 ... 3.8925e+02 3.8950e+02 3.8975e+02]
             [3.9000e+02 3.9025e+02 3.9050e+02 ... 3.9925e+02 3.9950e+02 3.9975e+02]]
            """);
        Prints(Quarters<double>(2, 3, 400), """
            [[[0.0000e+00 2.5000e-01 5.0000e-01 ... 9.9250e+01 9.9500e+01 9.9750e+01]
              [1.0000e+02 1.0025e+02 1.0050e+02 ... 1.9925e+02 1.9950e+02 1.9975e+02]
              [2.0000e+02 2.0025e+02 2.0050e+02 ... 2.9925e+02 2.9950e+02 2.9975e+02]]

             [[3.0000e+02 3.0025e+02 3.0050e+02 ... 3.9925e+02 3.9950e+02 3.9975e+02]
              [4.0000e+02 4.0025e+02 4.0050e+02 ... 4.9925e+02 4.9950e+02 4.9975e+02]
              [5.0000e+02 5.0025e+02 5.0050e+02 ... 5.9925e+02 5.9950e+02 5.9975e+02]]]
            """);
        Prints(Quarters<double>(1001, 1), """
            [[  0.  ]
             [  0.25]
             [  0.5 ]
             ...
             [249.5 ]
             [249.75]
             [250.  ]]
            """);
        Prints(Quarters<float>(1, 9, 2, 80), """
            [[[[0.0000e+00 2.5000e-01 5.0000e-01 ... 1.9250e+01 1.9500e+01
                1.9750e+01]
               [2.0000e+01 2.0250e+01 2.0500e+01 ... 3.9250e+01 3.9500e+01
                3.9750e+01]]

              [[4.0000e+01 4.0250e+01 4.0500e+01 ... 5.9250e+01 5.9500e+01
                5.9750e+01]
               [6.0000e+01 6.0250e+01 6.0500e+01 ... 7.9250e+01 7.9500e+01
                7.9750e+01]]

              [[8.0000e+01 8.0250e+01 8.0500e+01 ... 9.9250e+01 9.9500e+01
                9.9750e+01]
               [1.0000e+02 1.0025e+02 1.0050e+02 ... 1.1925e+02 1.1950e+02
                1.1975e+02]]

              ...

              [[2.4000e+02 2.4025e+02 2.4050e+02 ... 2.5925e+02 2.5950e+02
                2.5975e+02]
               [2.6000e+02 2.6025e+02 2.6050e+02 ... 2.7925e+02 2.7950e+02
                2.7975e+02]]

              [[2.8000e+02 2.8025e+02 2.8050e+02 ... 2.9925e+02 2.9950e+02
                2.9975e+02]
               [3.0000e+02 3.0025e+02 3.0050e+02 ... 3.1925e+02 3.1950e+02
                3.1975e+02]]

              [[3.2000e+02 3.2025e+02 3.2050e+02 ... 3.3925e+02 3.3950e+02
                3.3975e+02]
               [3.4000e+02 3.4025e+02 3.4050e+02 ... 3.5925e+02 3.5950e+02
                3.5975e+02]]]]
            """);
        Assert.DoesNotContain("...", NDArray.Arange(1000).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("", useUserOverride: false)
        {
            NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" },
        };
        try
        {
            Assert.Equal("[-1.5   2.25]", ((NDArray<double>)[-1.5, 2.25]).ToString());
            Assert.Equal("[-1  2]", ((NDArray<int>)[-1, 2]).ToString());
            Assert.Equal("-1.5e-07", ((NDArray<double>)(-1.5e-7)).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Traced_arrays_print_their_values_and_those_without_say_so()
    {
        var texts = new List<string>();
        Ad.Grad(
            v =>
            {
                texts.Add($"{v * 2}");
                return NDMath.Sum(v);
            },
            (NDArray<double>)[1.0, 2]);
        using var recording = new Recording();
        var like = NDArray.Zeros<double>(2);
        var placeholder = (NDArray<double>)like.MakeLeaf(new PlaceholderOp(recording), recording.Birth, placeholder: true);
        texts.Add($"{placeholder * 2}");
        Assert.Equal(["[2. 4.]", "NDArray<Double> of shape [2], without values: it stands for many arrays at once"], texts);
    }

    private static void Prints<T>(NDArray<T> x, string text) where T : unmanaged =>
        Assert.Equal(text.ReplaceLineEndings("\n"), x.ToString());

    private static NDArray<T> Quarters<T>(params ReadOnlySpan<int> shape) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var count = 1;
        foreach (var extent in shape)
        {
            count *= extent;
        }

        return NDMath.Reshape(NDArray.Arange(T.Zero, T.CreateChecked(count / 4.0), T.CreateChecked(0.25)), shape);
    }
}
