using Bench;
using BenchmarkDotNet.Running;

// `bars` compares with peers in one run, contenders alternating; `functions` tables every elementary function beside its peers, `startup` measures fresh
// processes; anything else is BenchmarkDotNet's:
// `--filter *Chain*`, `--list flat`.
if (args is ["bars", ..])
{
    return Bars.Run(args[1..]);
}

if (args is ["functions", ..])
{
    return FunctionTable.Run(args[1..]);
}

if (args is ["startup", ..])
{
    return Startup.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(Bars).Assembly).Run(args);
return 0;
