using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Functional;

/// <summary>Look-ups in tables of eight without anything that the JIT has to inline, of which a method holds only so much.</summary>
/// <remarks>
/// One permute of constants in memory where there is one; half of a 256-bit vector is looked up as a whole one, of which the upper half is never seen. Else 128 bits
/// are looked up element by element.
/// </remarks>
[RequiresDynamicCode("Closes generic methods at run time.")]
internal sealed class TableCode
{
    private const DynamicallyAccessedMemberTypes Methods = DynamicallyAccessedMemberTypes.PublicMethods;
    private const int Row = 8;

    private readonly bool _isFloat;
    private readonly int _bytes;
    private readonly Type _row;
    private readonly MethodInfo _toIntegers;
    private readonly MethodInfo? _permute;
    private readonly MethodInfo _widen;
    private readonly MethodInfo _narrow;

    private TableCode(bool isFloat, int bytes, [DynamicallyAccessedMembers(Methods)] Type? instructions = null, string permute = "")
    {
        (_isFloat, _bytes) = (isFloat, bytes);
        var vectors = bytes == 64 ? typeof(Vector512) : instructions is null ? typeof(Vector128) : typeof(Vector256);
        _toIntegers = OfOne(vectors, isFloat ? nameof(Vector128.AsInt32) : nameof(Vector128.AsInt64), Element);
        _widen = OfOne(typeof(Vector128), nameof(Vector128.ToVector256Unsafe), Element);
        _narrow = OfOne(typeof(Vector256), nameof(Vector256.GetLower), Element);
        var integers = _toIntegers.ReturnType;
        _row = _toIntegers.GetParameters()[0].ParameterType;
        _permute = instructions?.GetMethod(permute, IsHalved ? [_row, integers, _row] : [_row, integers]);
    }

    private Type Element => _isFloat ? typeof(float) : typeof(double);

    // A row of doubles is two vectors of 256 bits.
    private bool IsHalved => !_isFloat && _bytes < 64;

    /// <summary>For vectors of that many bytes; null if the lanes' own method is to be called.</summary>
    public static TableCode? Of(bool isFloat, int bytes) => (isFloat, bytes) switch
    {
        (false, 64) when Avx512F.IsSupported => new(isFloat, bytes, typeof(Avx512F), nameof(Avx512F.PermuteVar8x64)),
        (true, 64) when Avx512F.IsSupported => new(isFloat, bytes, typeof(Avx512F), nameof(Avx512F.PermuteVar16x32)),
        (false, < 64) when Avx512F.VL.IsSupported => new(isFloat, bytes, typeof(Avx512F.VL), nameof(Avx512F.VL.PermuteVar4x64x2)),
        (true, < 64) when Avx2.IsSupported => new(isFloat, bytes, typeof(Avx2), nameof(Avx2.PermuteVar8x32)),
        (_, 16) => new(isFloat, bytes),
        _ => null,
    };

    /// <summary>The look-up itself.</summary>
    public void Call(ILGenerator il, Micro micro, Action<int> load)
    {
        // Floats have every row twice, for the widest vector.
        var rowBytes = Row * (_isFloat ? 2 * sizeof(float) : sizeof(double));
        var address = (_isFloat ? micro.Op.Floats : micro.Op.Doubles) + (micro.Detail * rowBytes);
        if (_permute is null)
        {
            Elements(il, address, () => load(micro.Operand(0)));
            return;
        }

        LoadRow(il, address);
        load(micro.Operand(0));
        if (_bytes == 16)
        {
            il.Emit(OpCodes.Call, _widen);
        }

        il.Emit(OpCodes.Call, _toIntegers);
        if (IsHalved)
        {
            LoadRow(il, address + (rowBytes / 2));
        }

        il.Emit(OpCodes.Call, _permute);
        if (_bytes == 16)
        {
            il.Emit(OpCodes.Call, _narrow);
        }
    }

    private void Elements(ILGenerator il, long address, Action load)
    {
        var integer = _isFloat ? typeof(int) : typeof(long);
        var element = OfOne(typeof(Vector128), nameof(Vector128.GetElement), integer);
        var count = _isFloat ? 4 : 2;
        for (var k = 0; k < count; k++)
        {
            load();
            il.Emit(OpCodes.Call, _toIntegers);
            il.Emit(OpCodes.Ldc_I4, k);
            il.Emit(OpCodes.Call, element);
            il.Emit(OpCodes.Conv_I8);
            il.Emit(OpCodes.Ldc_I8, Row - 1L);
            il.Emit(OpCodes.And);
            il.Emit(OpCodes.Ldc_I8, (long)(_isFloat ? sizeof(float) : sizeof(double)));
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Ldc_I8, address);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Conv_I);
            il.Emit(_isFloat ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        }

        il.Emit(OpCodes.Call, typeof(Vector128).GetMethod(nameof(Vector128.Create), [.. Enumerable.Repeat(Element, count)])!);
    }

    private void LoadRow(ILGenerator il, long address)
    {
        il.Emit(OpCodes.Ldc_I8, address);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Ldobj, _row);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The methods put no demands on their type arguments.")]
    private static MethodInfo OfOne([DynamicallyAccessedMembers(Methods)] Type type, string name, Type element) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => method.Name == name && method.GetGenericArguments().Length == 1)
            .MakeGenericMethod(element);
}
