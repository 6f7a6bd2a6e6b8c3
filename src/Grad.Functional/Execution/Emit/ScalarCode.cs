using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Grad.Functional;

/// <summary>
/// The instructions on single numbers, each of which is the lowest element of a vector of 16 bytes; in the others there may be anything. Where the
/// hardware has arithmetic on the lowest element alone, it is that: its operands may come from memory, as many bytes as a number has.
/// </summary>
[RequiresDynamicCode("Closes generic methods at run time.")]
internal sealed class ScalarCode
{
    /// <summary>The bytes of the vectors.</summary>
    public const int VectorBytes = 16;

    private static readonly ScalarCode s_double = new(typeof(double));
    private static readonly ScalarCode s_float = new(typeof(float));

    private readonly VectorCode _vectors;
    private readonly Dictionary<MicroOp, MethodInfo> _methods = [];
    private readonly MethodInfo _toVector;
    private readonly MethodInfo _fromVector;
    private readonly MethodInfo _toBits;

    private ScalarCode(Type element)
    {
        _vectors = VectorCode.Of(element, VectorBytes);
        if (IsFloat)
        {
            _toVector = Method<float, Vector128<float>>(Vector128.CreateScalarUnsafe);
            _fromVector = Method<Vector128<float>, float>(Vector128.ToScalar);
            _toBits = Method<float, int>(BitConverter.SingleToInt32Bits);
            if (Sse.IsSupported)
            {
                Enter<Vector128<float>>(Sse.AddScalar, Sse.SubtractScalar, Sse.MultiplyScalar, Sse.DivideScalar, Fma.IsSupported ? Fma.MultiplyAddScalar : null);
            }
        }
        else
        {
            _toVector = Method<double, Vector128<double>>(Vector128.CreateScalarUnsafe);
            _fromVector = Method<Vector128<double>, double>(Vector128.ToScalar);
            _toBits = Method<double, long>(BitConverter.DoubleToInt64Bits);
            if (Sse2.IsSupported)
            {
                Enter<Vector128<double>>(
                    Sse2.AddScalar, Sse2.SubtractScalar, Sse2.MultiplyScalar, Sse2.DivideScalar, Fma.IsSupported ? Fma.MultiplyAddScalar : null);
            }
        }
    }

    /// <summary>The instructions on numbers of a type.</summary>
    public static ScalarCode Of(Type element) => element == typeof(float) ? s_float : s_double;

    /// <summary>What a number, or a mask, is the lowest element of.</summary>
    public Type Vector => _vectors.Vector;

    public string ElementName => _vectors.Element.Name;

    private bool IsFloat => _vectors.IsFloat;

    /// <summary>The micro-operation, on operands that are loaded for it.</summary>
    public void Call(ILGenerator il, Micro micro, Action<int> load)
    {
        if (micro.Op == MicroOp.Remainder)
        {
            load(micro.A);
            il.Emit(OpCodes.Call, _fromVector);
            load(micro.B);
            il.Emit(OpCodes.Call, _fromVector);
            il.Emit(OpCodes.Rem);
            il.Emit(OpCodes.Call, _toVector);
        }
        else if (_methods.TryGetValue(micro.Op, out var method))
        {
            for (var k = 0; k < micro.Op.Operands; k++)
            {
                load(micro.Operand(k));
            }

            il.Emit(OpCodes.Call, method);
        }
        else
        {
            _vectors.Call(il, micro, load);
        }
    }

    /// <summary>A constant with these bits.</summary>
    public void Constant(ILGenerator il, long bits) => _vectors.Constant(il, bits);

    /// <summary>The number at the address on the stack.</summary>
    public void Load(ILGenerator il)
    {
        il.Emit(IsFloat ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        il.Emit(OpCodes.Call, _toVector);
    }

    /// <summary>The truth value at the address on the stack.</summary>
    public void LoadMask(ILGenerator il) => _vectors.BroadcastMask(il);

    /// <summary>Writes the number to the address below it on the stack.</summary>
    public void Store(ILGenerator il)
    {
        il.Emit(OpCodes.Call, _fromVector);
        il.Emit(IsFloat ? OpCodes.Stind_R4 : OpCodes.Stind_R8);
    }

    /// <summary>Writes the mask as a truth value to the address below it on the stack.</summary>
    public void StoreMask(ILGenerator il)
    {
        IsTrue(il);
        il.Emit(OpCodes.Stind_I1);
    }

    /// <summary>Where both of the masks on the stack hold.</summary>
    public void And(ILGenerator il) => _vectors.And(il);

    /// <summary>Whether the mask on the stack holds.</summary>
    public void IsTrue(ILGenerator il)
    {
        il.Emit(OpCodes.Call, _fromVector);
        il.Emit(OpCodes.Call, _toBits);
        il.Emit(OpCodes.Ldc_I4_0);
        if (!IsFloat)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        il.Emit(OpCodes.Clt);
    }

    private void Enter<V>(Func<V, V, V> add, Func<V, V, V> subtract, Func<V, V, V> multiply, Func<V, V, V> divide, Func<V, V, V, V>? multiplyAdd)
    {
        _methods.Add(MicroOp.Add, add.Method);
        _methods.Add(MicroOp.Subtract, subtract.Method);
        _methods.Add(MicroOp.Multiply, multiply.Method);
        _methods.Add(MicroOp.Divide, divide.Method);
        if (multiplyAdd is not null)
        {
            _methods.Add(MicroOp.FusedMultiplyAdd, multiplyAdd.Method);
        }
    }

    private static MethodInfo Method<TFrom, TTo>(Func<TFrom, TTo> function) => function.Method;
}
