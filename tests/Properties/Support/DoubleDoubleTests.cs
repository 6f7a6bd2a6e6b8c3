using Xunit;

namespace Properties.Support;

/// <summary>The reference is itself held against values computed with 2,400 bits, and against the laws of its arithmetic.</summary>
public class DoubleDoubleTests
{
    // Far above a rounding error of double (2^-53), far below what a wrong coefficient would leave.
    private const double Tolerance = 1.0 / (1L << 48) / (1L << 49);

    [Theory]
    [InlineData(nameof(DoubleDouble.Exp), 1.0, 2.718281828459045, 1.4456468917292502e-16)]
    [InlineData(nameof(DoubleDouble.Exp), -1.5, 0.22313016014842982, 1.0887723699042263e-17)]
    [InlineData(nameof(DoubleDouble.Exp), 700.25, 1.3022997366991783e+304, 7.154767958193286e+287)]
    [InlineData(nameof(DoubleDouble.Exp), -650.125, 4.511281760845932e-283, 3.2418692720594157e-299)]
    [InlineData(nameof(DoubleDouble.Exp), 1e-10, 1.0000000001, -8.269037096265652e-18)]
    [InlineData(nameof(DoubleDouble.Exp), 0.34657359, 1.4142135619771539, 3.92982042784201e-17)]
    [InlineData(nameof(DoubleDouble.Exp), -0.001, 0.999000499833375, -3.026024053145243e-17)]
    [InlineData(nameof(DoubleDouble.ExpM1), 1e-20, 1e-20, 5e-41)]
    [InlineData(nameof(DoubleDouble.ExpM1), -1e-05, -9.999950000166666e-06, -7.687946724313578e-22)]
    [InlineData(nameof(DoubleDouble.ExpM1), 0.3, 0.3498588075760031, 1.6549155728191776e-17)]
    [InlineData(nameof(DoubleDouble.ExpM1), 0.36, 0.43332941456034024, -3.8438437395745546e-18)]
    [InlineData(nameof(DoubleDouble.ExpM1), -0.5, -0.3934693402873666, -6.593178415491414e-19)]
    [InlineData(nameof(DoubleDouble.ExpM1), 25.0, 72004899336.38588, -6.992440211033874e-06)]
    [InlineData(nameof(DoubleDouble.ExpM1), -40.0, -1.0, 4.248354255291589e-18)]
    [InlineData(nameof(DoubleDouble.Log), 0.9999999999, -1.000000082790371e-10, -4.217583732727628e-27)]
    [InlineData(nameof(DoubleDouble.Log), 1.0000001, 9.999999505838704e-08, 1.5249709528441489e-24)]
    [InlineData(nameof(DoubleDouble.Log), 0.7071, -0.346583180371942, 2.3156292029870996e-17)]
    [InlineData(nameof(DoubleDouble.Log), 1.4143, 0.34663470904431704, -2.3877997439699385e-17)]
    [InlineData(nameof(DoubleDouble.Log), 2.0, 0.6931471805599453, 2.3190468138462996e-17)]
    [InlineData(nameof(DoubleDouble.Log), 1e+300, 690.7755278982137, 2.3747660028800243e-14)]
    [InlineData(nameof(DoubleDouble.Log), 1e-310, -713.8013788281542, -8.592254740270771e-15)]
    [InlineData(nameof(DoubleDouble.LogP1), 1e-20, 1e-20, -5e-41)]
    [InlineData(nameof(DoubleDouble.LogP1), -1e-05, -1.0000050000333337e-05, 5.40138824458258e-22)]
    [InlineData(nameof(DoubleDouble.LogP1), -0.289, -0.34108284917889614, -4.327805223353648e-18)]
    [InlineData(nameof(DoubleDouble.LogP1), 0.409, 0.3428802329165431, 2.075560552838127e-17)]
    [InlineData(nameof(DoubleDouble.LogP1), 0.5, 0.4054651081081644, -2.8811380259626426e-18)]
    [InlineData(nameof(DoubleDouble.LogP1), -0.999, -6.907755278982136, -2.369515526854508e-16)]
    [InlineData(nameof(DoubleDouble.LogP1), 10000000000.0, 23.025850930040455, 1.3736784183183428e-15)]
    [InlineData(nameof(DoubleDouble.Sin), 1e-10, 1e-10, -1.6666666666666669e-31)]
    [InlineData(nameof(DoubleDouble.Sin), 0.5, 0.479425538604203, -5.103969860556013e-18)]
    [InlineData(nameof(DoubleDouble.Sin), 3.141592653589793, 1.2246467991473532e-16, -2.99476980971834e-33)]
    [InlineData(nameof(DoubleDouble.Sin), 1000000.0, -0.34999350217129294, -1.5952848809323968e-17)]
    [InlineData(nameof(DoubleDouble.Sin), 1e+22, -0.8522008497671888, -6.7806825896773284e-18)]
    [InlineData(nameof(DoubleDouble.Sin), 5.319372648326541e+255, 1.0, -1.098476220074687e-37)]
    [InlineData(nameof(DoubleDouble.Sin), -2.5, -0.5984721441039565, 5.521403334082375e-17)]
    [InlineData(nameof(DoubleDouble.Cos), 1e-10, 1.0, -5.0000000000000005e-21)]
    [InlineData(nameof(DoubleDouble.Cos), 0.5, 0.8775825618903728, -4.2623149864279997e-17)]
    [InlineData(nameof(DoubleDouble.Cos), 1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33)]
    [InlineData(nameof(DoubleDouble.Cos), 1000000.0, 0.9367521275331447, 4.637088260214747e-17)]
    [InlineData(nameof(DoubleDouble.Cos), 1e+22, 0.523214785395139, -4.7143201076575164e-17)]
    [InlineData(nameof(DoubleDouble.Cos), 5.319372648326541e+255, -4.687165924254628e-19, 4.3720557429382733e-36)]
    [InlineData(nameof(DoubleDouble.Cos), -2.5, -0.8011436155469337, -1.8674742705085553e-17)]
    [InlineData(nameof(DoubleDouble.Tanh), 1e-20, 1e-20, -3.333333333333333e-61)]
    [InlineData(nameof(DoubleDouble.Tanh), 0.001, 0.0009999996666668, 1.7800613799166557e-20)]
    [InlineData(nameof(DoubleDouble.Tanh), 0.3, 0.2913126124515909, -6.4602656586469586e-18)]
    [InlineData(nameof(DoubleDouble.Tanh), -0.9, -0.7162978701990245, 3.514093391268979e-17)]
    [InlineData(nameof(DoubleDouble.Tanh), 5.0, 0.9999092042625951, 2.298523750966507e-17)]
    [InlineData(nameof(DoubleDouble.Tanh), 19.0, 0.9999999999999999, 4.823964662155506e-17)]
    [InlineData(nameof(DoubleDouble.Tanh), -25.0, -1.0, 3.8574996959278356e-22)]
    [InlineData(nameof(DoubleDouble.Sqrt), 2.0, 1.4142135623730951, -9.667293313452913e-17)]
    [InlineData(nameof(DoubleDouble.Sqrt), 3e+300, 1.7320508075688775e+150, -1.1924780537453558e+134)]
    [InlineData(nameof(DoubleDouble.Sqrt), 1e-300, 1e-150, 6.234187685431415e-168)]
    [InlineData(nameof(DoubleDouble.Sqrt), 0.1, 0.31622776601683794, 8.004969469767158e-19)]
    [InlineData(nameof(DoubleDouble.Tan), 0.7, 0.8422883804630794, -3.9128846706146343e-17)]
    [InlineData(nameof(DoubleDouble.Tan), 1.5707963, 37320539.634354815, 1.8882233937054353e-09)]
    [InlineData(nameof(DoubleDouble.Tan), -100.5, 0.030974815325197236, -1.1060033341734951e-18)]
    [InlineData(nameof(DoubleDouble.Asin), 1e-09, 1e-09, 1.6666666666666669e-28)]
    [InlineData(nameof(DoubleDouble.Asin), 0.4, 0.41151684606748806, -1.8776615923326388e-17)]
    [InlineData(nameof(DoubleDouble.Asin), -0.75, -0.848062078981481, -3.5058948874954465e-18)]
    [InlineData(nameof(DoubleDouble.Asin), 0.9999999, 1.5703491131957876, -4.9012190641525995e-17)]
    [InlineData(nameof(DoubleDouble.Acos), 1e-09, 1.5707963257948967, -7.807189403102154e-17)]
    [InlineData(nameof(DoubleDouble.Acos), 0.4, 1.1592794807274085, 8.000895588069405e-17)]
    [InlineData(nameof(DoubleDouble.Acos), -0.75, 2.4188584057763776, 6.473823484486311e-17)]
    [InlineData(nameof(DoubleDouble.Acos), 0.9999999, 0.00044721359910904126, -1.8830342882148272e-20)]
    [InlineData(nameof(DoubleDouble.Atan), 1e-09, 1e-09, -3.3333333333333338e-28)]
    [InlineData(nameof(DoubleDouble.Atan), 0.6, 0.5404195002705842, -2.4164970441343604e-17)]
    [InlineData(nameof(DoubleDouble.Atan), -1.1, -0.8329812666744317, -1.495012646269592e-17)]
    [InlineData(nameof(DoubleDouble.Atan), 10000000000.0, 1.5707963266948965, 6.950637705727703e-17)]
    [InlineData(nameof(DoubleDouble.Erfc), -4.0, 1.999999984582742, 1.44826531920025e-17)]
    [InlineData(nameof(DoubleDouble.Erfc), -0.3, 1.3286267594591274, -3.2602896784275053e-17)]
    [InlineData(nameof(DoubleDouble.Erfc), 1e-09, 0.9999999988716208, 7.851538566258207e-19)]
    [InlineData(nameof(DoubleDouble.Erfc), 1.9, 0.0072095707647425325, 2.2766533088168416e-19)]
    [InlineData(nameof(DoubleDouble.Erfc), 2.1, 0.002979466656332984, 1.7169881380450272e-19)]
    [InlineData(nameof(DoubleDouble.Erfc), 9.5, 3.7692144856548797e-41, 2.2773119745781305e-57)]
    [InlineData(nameof(DoubleDouble.Erfc), 26.0, 5.663192408856143e-296, -3.454309640217e-312)]
    [InlineData(nameof(DoubleDouble.NormalCdf), -37.0, 5.725571222524577e-300, -2.8221921e-316)]
    [InlineData(nameof(DoubleDouble.NormalCdf), -12.5, 3.732564298877713e-36, 2.8417784416700113e-52)]
    [InlineData(nameof(DoubleDouble.NormalCdf), -3.0, 0.0013498980316300946, -5.053886685858262e-20)]
    [InlineData(nameof(DoubleDouble.NormalCdf), -0.7, 0.24196365222307303, -4.937435700328491e-18)]
    [InlineData(nameof(DoubleDouble.NormalCdf), 1.2, 0.8849303297782917, 5.450232266060484e-17)]
    [InlineData(nameof(DoubleDouble.NormalCdf), 6.0, 0.9999999990134123, 5.538678126725596e-17)]
    [InlineData(nameof(DoubleDouble.LogGamma), 1e-300, 690.7755278982137, 2.3670096176709832e-14)]
    [InlineData(nameof(DoubleDouble.LogGamma), -1e-09, 20.723265837523627, -1.825250084580417e-16)]
    [InlineData(nameof(DoubleDouble.LogGamma), 0.3, 1.0957979948180756, -4.412082839547077e-17)]
    [InlineData(nameof(DoubleDouble.LogGamma), 0.75, 0.20328095143129538, -4.327183682604757e-18)]
    [InlineData(nameof(DoubleDouble.LogGamma), 1.0000001, -5.772155829918507e-08, -5.7466330678638715e-25)]
    [InlineData(nameof(DoubleDouble.LogGamma), 1.9999, -4.227520877215346e-05, 1.2621097248551783e-21)]
    [InlineData(nameof(DoubleDouble.LogGamma), 2.3, 0.15418945495963046, 1.2507143445414782e-17)]
    [InlineData(nameof(DoubleDouble.LogGamma), 3.5, 1.2009736023470743, -6.235058427319136e-17)]
    [InlineData(nameof(DoubleDouble.LogGamma), 31.0, 74.65823634883016, 6.249917698290756e-15)]
    [InlineData(nameof(DoubleDouble.LogGamma), 100000.0, 1051287.7089736569, 2.0750820252745906e-11)]
    [InlineData(nameof(DoubleDouble.LogGamma), 1e+300, 6.897755278982137e+302, -1.4755313624857933e+285)]
    [InlineData(nameof(DoubleDouble.LogGamma), -0.75, 1.5757045971498584, -5.876232738354593e-17)]
    [InlineData(nameof(DoubleDouble.LogGamma), -2.6, -0.11801163280539748, 5.730401044502947e-19)]
    [InlineData(nameof(DoubleDouble.LogGamma), -20.25, -41.60096191534053, 2.4847566784217753e-15)]
    [InlineData(nameof(DoubleDouble.Digamma), 1e-09, -1000000000.5772156, -4.864499024733674e-08)]
    [InlineData(nameof(DoubleDouble.Digamma), 0.3, -3.502524222200133, 2.776725952349014e-17)]
    [InlineData(nameof(DoubleDouble.Digamma), 1.4, -0.06138454458511624, 2.6006771965348022e-18)]
    [InlineData(nameof(DoubleDouble.Digamma), 1.5, 0.03648997397857652, 1.9534229894802305e-19)]
    [InlineData(nameof(DoubleDouble.Digamma), 10.0, 2.251752589066721, 1.744722087539228e-16)]
    [InlineData(nameof(DoubleDouble.Digamma), 1e+20, 46.051701859880914, -7.88803767963998e-16)]
    [InlineData(nameof(DoubleDouble.Digamma), -0.3, 2.113309779635399, -1.3713735470428267e-16)]
    [InlineData(nameof(DoubleDouble.Digamma), -7.9, -7.540007224419479, 2.4748127306319733e-16)]
    [InlineData(nameof(DoubleDouble.ErfInverse), 1e-09, 8.86226925452758e-10, 3.5784539398064e-26)]
    [InlineData(nameof(DoubleDouble.ErfInverse), -0.3, -0.2724627147267543, -2.6896054102492476e-17)]
    [InlineData(nameof(DoubleDouble.ErfInverse), 0.49, 0.46586860023505733, 8.697307802299174e-18)]
    [InlineData(nameof(DoubleDouble.ErfInverse), 0.51, 0.4881220505159588, 1.718239476379187e-17)]
    [InlineData(nameof(DoubleDouble.ErfInverse), -0.93, -1.2812143237490627, -6.521961199323399e-17)]
    [InlineData(nameof(DoubleDouble.ErfInverse), 0.999999, 3.458910737275499, -2.5923326683634916e-17)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 5e-324, 27.21329321081295, -6.810439360617936e-16)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 1e-310, 26.644806559364763, 1.3944896432359445e-15)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 1e-30, 8.148616223169865, -7.334538502730458e-16)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 0.003, 2.098507611793671, -6.638501093191597e-17)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 0.3, 0.7328690779592169, 1.6562422392134537e-17)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 0.9, 0.08885599049425767, -5.0815029983215655e-18)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 1.4, -0.37080715859355784, 8.443416023057302e-19)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 1.9, -1.1630871536766738, 3.054170409895672e-17)]
    [InlineData(nameof(DoubleDouble.ErfcInverse), 1.9999999, -3.7665625814958155, -1.5586530556731903e-17)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 1e-320, -38.26912534303265, -2.672838256397059e-15)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 1e-16, -8.222082216130435, -8.421327410804887e-16)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 0.02, -2.053748910631823, -7.842769707225502e-17)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 0.45, -0.12566134685507402, 1.2530883285198873e-17)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 0.7, 0.5244005127080407, -1.065121906599002e-17)]
    [InlineData(nameof(DoubleDouble.NormalQuantile), 0.999, 3.090232306167813, 8.562560384489992e-17)]
    [InlineData("Polygamma 1", 0.01, 10001.621213528313, -2.8816684398576613e-13)]
    [InlineData("Polygamma 1", 3.7, 0.3100378576700383, 2.726506115180553e-17)]
    [InlineData("Polygamma 1", -2.6, 10.591688362390217, 5.019791203827317e-16)]
    [InlineData("Polygamma 2", 0.7, -6.4349928741909235, -2.2125156760782347e-16)]
    [InlineData("Polygamma 2", -0.3, 67.63908119988317, -5.100605605050932e-15)]
    [InlineData("Polygamma 3", 25.0, 0.0001358846365082737, 1.5570816845664059e-21)]
    [InlineData("Polygamma 6", -4.4, 413775.1589831199, -2.034396464181773e-11)]
    public void Elementary_functions_match_recorded_values(string name, double x, double hi, double lo)
    {
        DoubleDouble actual = name switch
        {
            nameof(DoubleDouble.Exp) => DoubleDouble.Exp(x),
            nameof(DoubleDouble.ExpM1) => DoubleDouble.ExpM1(x),
            nameof(DoubleDouble.Log) => DoubleDouble.Log(x),
            nameof(DoubleDouble.LogP1) => DoubleDouble.LogP1(x),
            nameof(DoubleDouble.Sin) => DoubleDouble.Sin(x),
            nameof(DoubleDouble.Cos) => DoubleDouble.Cos(x),
            nameof(DoubleDouble.Tanh) => DoubleDouble.Tanh(x),
            nameof(DoubleDouble.Tan) => DoubleDouble.Tan(x),
            nameof(DoubleDouble.Asin) => DoubleDouble.Asin(x),
            nameof(DoubleDouble.Acos) => DoubleDouble.Acos(x),
            nameof(DoubleDouble.Atan) => DoubleDouble.Atan(x),
            nameof(DoubleDouble.Erfc) => DoubleDouble.Erfc(x),
            nameof(DoubleDouble.NormalCdf) => DoubleDouble.NormalCdf(x),
            nameof(DoubleDouble.Sqrt) => DoubleDouble.Sqrt(x),
            nameof(DoubleDouble.LogGamma) => DoubleDouble.LogGamma(x),
            nameof(DoubleDouble.Digamma) => DoubleDouble.Digamma(x),
            nameof(DoubleDouble.ErfInverse) => DoubleDouble.ErfInverse(x),
            nameof(DoubleDouble.ErfcInverse) => DoubleDouble.ErfcInverse(x),
            nameof(DoubleDouble.NormalQuantile) => DoubleDouble.NormalQuantile(x),
            "Polygamma 1" => DoubleDouble.Polygamma(x, 1),
            "Polygamma 2" => DoubleDouble.Polygamma(x, 2),
            "Polygamma 3" => DoubleDouble.Polygamma(x, 3),
            "Polygamma 6" => DoubleDouble.Polygamma(x, 6),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such function."),
        };
        AssertClose(DoubleDouble.Sum(hi, lo), actual);
    }

    [Fact]
    public void Arithmetic_and_elementary_functions_undo_each_other()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            var x = DoubleDouble.Sum(Math.ScaleB(1 + random.NextDouble(), random.Next(-300, 300)), 0) * (1 + random.NextDouble());
            var y = DoubleDouble.Sum(Math.ScaleB(1 + random.NextDouble(), random.Next(-300, 300)), 0) / (1 + random.NextDouble());
            AssertClose(x, x * y / y);
            AssertClose(x, DoubleDouble.Sqrt(x) * DoubleDouble.Sqrt(x));
            AssertClose(x + y, y + x);
            AssertClose(x, DoubleDouble.Pow(DoubleDouble.Pow(x, 3), 1.0 / 4) * DoubleDouble.Pow(x, 0.25));

            var small = DoubleDouble.Sum(10 * random.NextDouble(), 0) / 3;
            AssertClose(small, DoubleDouble.Log(DoubleDouble.Exp(small)));
            AssertClose(small, DoubleDouble.LogP1(DoubleDouble.ExpM1(small)));
            var (s, c) = (DoubleDouble.Sin(small), DoubleDouble.Cos(small));
            AssertClose(1, s * s + c * c);
        }
    }

    [Fact]
    public void Special_values_are_those_of_double()
    {
        double[] special = [0.0, -0.0, 1, -2.5, double.Epsilon, 1e308, -1e308,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (double x in special)
        {
            SpecialValuesAgree(x);
            foreach (double y in special)
                SpecialValuesAgree(x, y);
        }
    }

    [Fact]
    public void Remainder_and_truncation_see_the_low_word()
    {
        var threeAndABit = DoubleDouble.Sum(3, 1e-20);
        AssertClose(1e-20, DoubleDouble.Remainder(threeAndABit, 3));
        AssertClose(2, DoubleDouble.Truncate(DoubleDouble.Sum(3, -1e-20)));
        AssertClose(-2, DoubleDouble.Truncate(DoubleDouble.Sum(-3, 1e-20)));
        AssertClose(3, DoubleDouble.Truncate(threeAndABit));
    }

    private static void SpecialValuesAgree(double x)
    {
        Same(Math.Exp(x), DoubleDouble.Exp(x));
        Same(Math.Log(x), DoubleDouble.Log(x));
        Same(Math.Tanh(x), DoubleDouble.Tanh(x));
        Same(Math.Sqrt(x), DoubleDouble.Sqrt(x));
        Same(Math.Tan(x), DoubleDouble.Tan(x));
        Same(Math.Asin(x), DoubleDouble.Asin(x));
        Same(Math.Acos(x), DoubleDouble.Acos(x));
        Same(Math.Atan(x), DoubleDouble.Atan(x));
        Same(Math.Truncate(x), DoubleDouble.Truncate(x));
        Same(Math.Abs(x), DoubleDouble.Abs(x));
    }

    private static void SpecialValuesAgree(double x, double y)
    {
        Same(x + y, (DoubleDouble)x + y);
        Same(x * y, (DoubleDouble)x * y);
        Same(x / y, (DoubleDouble)x / y);
        Same(x % y, DoubleDouble.Remainder(x, y));
        Same(Math.Min(x, y), DoubleDouble.Min(x, y));
        Same(Math.Max(x, y), DoubleDouble.Max(x, y));
        Same(Math.Atan2(x, y), DoubleDouble.Atan2(x, y));
        Same(double.Hypot(x, y), DoubleDouble.Hypot(x, y));
        Same(Math.Pow(x, y), DoubleDouble.Pow(x, y));
        Assert.Equal(x < y, DoubleDouble.Holds(DoubleDouble.LessThan(x, y)));
        Assert.Equal(x == y, DoubleDouble.Holds(DoubleDouble.Equal(x, y)));
    }

    private static void Same(double expected, DoubleDouble actual) => Assert.Equal(expected, actual.Hi);

    private static void AssertClose(DoubleDouble expected, DoubleDouble actual)
    {
        double error = Math.Abs((expected - actual).Hi);
        // Below 2^-1074·2^53 the low word has no bits left.
        Assert.True(error <= Math.Abs(expected.Hi) * Tolerance + double.Epsilon,
            $"expected {expected}, got {actual}: relative error {error / expected.Hi:E2}");
    }
}
