using System.Globalization;
using Accuracy;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["float", .. var rest] => Sweeps.Run(new FloatSweep(Options.Parse(rest))),
    ["double", .. var rest] => Sweeps.Run(new DoubleSweep(Options.Parse(rest))),
    ["pairs", .. var rest] => Sweeps.OfTwo(Options.Parse(rest)),
    ["table"] => Table.Write(),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        Measures the error of every function of SpanMath that approximates, in units of the last place (ULP), and writes it down.

          float [NAMES] [--stride N]           every Nth of the 2^32 floats (1 unless told): errors against the double kernel of the same function
          double [NAMES] [--points N]          N doubles (10^8 unless told) against double-double numbers of some 100 bits
          pairs [NAMES] [--points N]           the functions of two numbers, floats and doubles: special pairs and N random ones (10^8 unless told)
          table                                docs/accuracy.md, of everything that has been measured

        Results are kept in docs/accuracy.jsonl, a line for each function, type and instruction set; a sweep that was stopped, or is to have more points,
        goes on where it was, with --again from the beginning: the kernel has changed. --threads N: as many, all unless told. --hash computes no errors, in
        seconds: equal bits to an instruction set that was measured prove the same.
        Instruction sets: DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0, DOTNET_EnableHWIntrinsic=0.
        """);
    return 2;
}
