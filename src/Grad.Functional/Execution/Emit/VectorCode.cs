using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>The instructions on vectors of one width and element type, as calls of the methods that the JIT knows as intrinsics.</summary>
[RequiresDynamicCode("Closes generic methods at run time.")]
internal sealed class VectorCode
{
    private const DynamicallyAccessedMemberTypes Methods = DynamicallyAccessedMemberTypes.PublicMethods;
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.Static;

    private static readonly ConcurrentDictionary<(Type, int), VectorCode> s_all = [];

    private readonly ILookup<string, MethodInfo> _methods;
    private readonly ILookup<string, MethodInfo> _laneMethods;
    private readonly Dictionary<MicroOp, MethodInfo> _ops = [];
    private readonly Type _integer;
    private readonly Type _integers;
    private readonly MethodInfo _toIntegers;
    private readonly MethodInfo _fromIntegers;
    private readonly MethodInfo _create;
    private readonly MethodInfo _createIntegers;
    private readonly MethodInfo _loadMask;
    private readonly MethodInfo _storeMask;
    private readonly MethodInfo _and;
    private readonly MethodInfo _signBits;
    private readonly TableCode? _table;

    private VectorCode(
        int bytes, Type element,
        [DynamicallyAccessedMembers(Methods)] Type vector,
        Type integer,
        [DynamicallyAccessedMembers(Methods)] Type integers,
        [DynamicallyAccessedMembers(Methods)] Type methods,
        [DynamicallyAccessedMembers(Methods)] Type laneMethods)
    {
        (Bytes, Element, Vector, _integer, _integers) = (bytes, element, vector, integer, integers);
        _methods = methods.GetMethods(Static).Concat(vector.GetMethods(Static)).Concat(integers.GetMethods(Static)).ToLookup(method => method.Name);
        _laneMethods = laneMethods.GetMethods(Static).ToLookup(method => method.Name);
        _toIntegers = Find(IsFloat ? "AsInt32" : "AsInt64", vector);
        _fromIntegers = Find(IsFloat ? "AsSingle" : "AsDouble", integers);
        _create = Find("Create", element);
        _createIntegers = Find("Create", integer);
        _loadMask = _laneMethods["LoadMask"].Single();
        _storeMask = _laneMethods["StoreMask"].Single();
        _and = Find("op_BitwiseAnd", vector, vector);
        _signBits = Find("ExtractMostSignificantBits", vector);
        _table = TableCode.Of(IsFloat, bytes);
    }

    /// <summary>The bytes of the widest vectors that the hardware has; 0 if it has none.</summary>
    public static int WidestBytes =>
        Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : Vector128.IsHardwareAccelerated ? 16 : 0;

    /// <summary>Vectors of that many bytes.</summary>
    public static VectorCode Of(Type element, int bytes) =>
        s_all.GetOrAdd((element, bytes), static key => key.Item1 == typeof(float) ? OfFloat(key.Item2) : OfDouble(key.Item2));

    /// <summary>The bytes of a vector.</summary>
    public int Bytes { get; }

    public Type Element { get; }

    public Type Vector { get; }

    public bool IsFloat => Element == typeof(float);

    /// <summary>Whether bodies are to be as for 512 bits, of whose instructions there must be all.</summary>
    public bool IsWide => Bytes == WideLane.Size && Avx512DQ.IsSupported;

    public int ElementBytes => IsFloat ? sizeof(float) : sizeof(double);

    /// <summary>The vector registers.</summary>
    public int Registers => Avx512F.VL.IsSupported || AdvSimd.IsSupported ? 32 : 16;

    /// <summary>The elements of a vector.</summary>
    public int Count => Bytes / ElementBytes;

    /// <summary>A micro-operation's share of the length that the JIT optimises a method up to: more if it is a call that has to be inlined, and calls others.</summary>
    public int Length(MicroOp op) => op.Form switch
    {
        MicroForm.Lane => 4,
        MicroForm.Table when _table is null => 12,
        _ => 1,
    };

    /// <summary>The micro-operation itself, on operands that stand on the stack.</summary>
    public void Call(ILGenerator il, Micro micro, Action<int> load)
    {
        var op = micro.Op;
        if (op.Form == MicroForm.Table && _table is not null)
        {
            _table.Call(il, micro, load);
            return;
        }

        for (var k = 0; k < op.Operands; k++)
        {
            load(micro.Operand(k));
            if (op.Form is MicroForm.Integers or MicroForm.Shift)
            {
                il.Emit(OpCodes.Call, _toIntegers);
            }
        }

        if (op.Form is MicroForm.Shift or MicroForm.Table || op == MicroOp.Mantissa || op == MicroOp.Range)
        {
            il.Emit(OpCodes.Ldc_I4, (int)micro.Detail);
        }

        il.Emit(OpCodes.Call, Method(op));
        if (op.Form is MicroForm.Integers or MicroForm.Shift)
        {
            il.Emit(OpCodes.Call, _fromIntegers);
        }
    }

    /// <summary>A constant with these bits in every element.</summary>
    public void Constant(ILGenerator il, long bits)
    {
        // Through a register of the other kind a NaN could lose bits.
        if (IsFloat && !float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)))
        {
            il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle((int)bits));
            il.Emit(OpCodes.Call, _create);
        }
        else if (!IsFloat && !double.IsNaN(BitConverter.Int64BitsToDouble(bits)))
        {
            il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(bits));
            il.Emit(OpCodes.Call, _create);
        }
        else
        {
            if (IsFloat)
            {
                il.Emit(OpCodes.Ldc_I4, (int)bits);
            }
            else
            {
                il.Emit(OpCodes.Ldc_I8, bits);
            }

            il.Emit(OpCodes.Call, _createIntegers);
            il.Emit(OpCodes.Call, _fromIntegers);
        }
    }

    /// <summary>The vector at the address on the stack.</summary>
    public void Load(ILGenerator il)
    {
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Ldobj, Vector);
    }

    /// <summary>Writes the vector to the address below it on the stack.</summary>
    public void Store(ILGenerator il)
    {
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Stobj, Vector);
    }

    /// <summary>The truth values at the address on the stack, as a mask.</summary>
    public void LoadMask(ILGenerator il) => il.Emit(OpCodes.Call, _loadMask);

    /// <summary>Writes the mask as truth values to the address above it on the stack.</summary>
    public void StoreMask(ILGenerator il) => il.Emit(OpCodes.Call, _storeMask);

    /// <summary>The number at the address on the stack, in every element.</summary>
    public void Broadcast(ILGenerator il)
    {
        il.Emit(IsFloat ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        il.Emit(OpCodes.Call, _create);
    }

    /// <summary>The truth value at the address on the stack, in every element.</summary>
    public void BroadcastMask(ILGenerator il)
    {
        il.Emit(OpCodes.Ldind_U1);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Cgt_Un);
        il.Emit(OpCodes.Neg);
        if (!IsFloat)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        il.Emit(OpCodes.Call, _createIntegers);
        il.Emit(OpCodes.Call, _fromIntegers);
    }

    public void And(ILGenerator il) => il.Emit(OpCodes.Call, _and);

    /// <summary>Whether the mask on the stack fails anywhere: branches there.</summary>
    public void BranchUnlessAll(ILGenerator il, Label failed)
    {
        il.Emit(OpCodes.Call, _signBits);
        var all = (1L << Count) - 1;
        if (_signBits.ReturnType == typeof(ulong))
        {
            il.Emit(OpCodes.Ldc_I8, all);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)all);
        }

        il.Emit(OpCodes.Bne_Un, failed);
    }

    /// <summary>The method behind a micro-operation.</summary>
    public MethodInfo Method(MicroOp op)
    {
        lock (_ops)
        {
            if (!_ops.TryGetValue(op, out var method))
            {
                _ops.Add(op, method = Resolve(op));
            }

            return method;
        }
    }

    private MethodInfo Resolve(MicroOp op) => op.Form switch
    {
        MicroForm.Integers => Find(op.Method, _integers, _integers),
        MicroForm.Shift => Find(op.Method, _integers, typeof(int)),
        MicroForm.Avx512 when op == MicroOp.Mantissa => typeof(Avx512F).GetMethod(op.Method, [Vector, typeof(byte)])!,
        MicroForm.Avx512 when op == MicroOp.Range => typeof(Avx512DQ).GetMethod(op.Method, [Vector, Vector, typeof(byte)])!,
        MicroForm.Avx512 => typeof(Avx512F).GetMethod(op.Method, [.. Enumerable.Repeat(Vector, op.Operands)])!,
        MicroForm.Lane or MicroForm.Table => _laneMethods[op.Method].Single(),
        _ => Find(op.Method, [.. Enumerable.Repeat(Vector, op.Operands)]),
    };

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The methods put no demands on their type arguments.")]
    private MethodInfo Find(string name, params Type[] parameters)
    {
        MethodInfo? found = null;
        foreach (var method in _methods[name])
        {
            var closed = method;
            if (method.IsGenericMethodDefinition)
            {
                var isInteger = parameters[0] == _integers || parameters[0] == _integer;
                closed = method.GetGenericArguments().Length == 1 ? method.MakeGenericMethod(isInteger ? _integer : Element) : method;
            }

            if (closed.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters))
            {
                found = found is { IsGenericMethod: false } ? found : closed;
            }
        }

        return found ?? throw new MissingMethodException($"{Vector} has no {name}({string.Join(", ", parameters.Select(type => type.Name))}).");
    }

    private static VectorCode OfDouble(int bytes) => bytes switch
    {
        64 => new VectorCode(bytes, typeof(double), typeof(Vector512<double>), typeof(long), typeof(Vector512<long>),
            typeof(Vector512), typeof(LaneMemory<F64x8, double, Vector512<double>>)),
        32 => new VectorCode(bytes, typeof(double), typeof(Vector256<double>), typeof(long), typeof(Vector256<long>),
            typeof(Vector256), typeof(LaneMemory<F64x4, double, Vector256<double>>)),
        _ => new VectorCode(bytes, typeof(double), typeof(Vector128<double>), typeof(long), typeof(Vector128<long>),
            typeof(Vector128), typeof(LaneMemory<F64x2, double, Vector128<double>>)),
    };

    private static VectorCode OfFloat(int bytes) => bytes switch
    {
        64 => new VectorCode(bytes, typeof(float), typeof(Vector512<float>), typeof(int), typeof(Vector512<int>),
            typeof(Vector512), typeof(LaneMemory<F32x16, float, Vector512<float>>)),
        32 => new VectorCode(bytes, typeof(float), typeof(Vector256<float>), typeof(int), typeof(Vector256<int>),
            typeof(Vector256), typeof(LaneMemory<F32x8, float, Vector256<float>>)),
        _ => new VectorCode(bytes, typeof(float), typeof(Vector128<float>), typeof(int), typeof(Vector128<int>),
            typeof(Vector128), typeof(LaneMemory<F32x4, float, Vector128<float>>)),
    };
}
