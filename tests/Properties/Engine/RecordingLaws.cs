using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using Xunit;

namespace Properties.Engine;

/// <summary>What recording lanes write down.</summary>
public class RecordingLaws
{
    [Fact]
    public void Equal_work_is_written_once()
    {
        int once = Micros(Unary<ErfcOp>.Default);
        Assert.Equal(once, Micros(Unary<ErfcOp>.Default, Unary<ErfcOp>.Default));
        Assert.InRange(Micros(Unary<SinhOp>.Default, Unary<CoshOp>.Default), 1, Micros(Unary<SinhOp>.Default) + Micros(Unary<CoshOp>.Default) - 10);
    }

    [Fact]
    public void Bodies_know_the_widest_lane_by_its_size()
    {
        Assert.Equal(WideLane.Size, Unsafe.SizeOf<RecordingLane64<WideRoom>>());
        Assert.Equal(WideLane.Size, Unsafe.SizeOf<RecordingLane32<WideRoom>>());
        Assert.NotEqual(WideLane.Size, Unsafe.SizeOf<RecordingLane64<NarrowRoom>>());
        Assert.NotEqual(WideLane.Size, Unsafe.SizeOf<RecordingLane32<NarrowRoom>>());
    }

    /// <summary>The micro-operations of ops on one argument, without loads and constants.</summary>
    private static int Micros(params IElementwiseOp[] ops)
    {
        var code = new ElementwiseCode(
            typeof(double),
            [new(IsMask: false, Runs: true)],
            Array.ConvertAll(ops, op => new ElementwiseValue(op, [0])),
            [.. ops.Select((_, k) => new ElementwiseOutput(k + 1, IsMask: false))]);
        var program = GroupRecording.Of(code, VectorCode.Of(typeof(double), 32));
        return program.Micros.Count(micro => micro.Op.Operands > 0);
    }
}
