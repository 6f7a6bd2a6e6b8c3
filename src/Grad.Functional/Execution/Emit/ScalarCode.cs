using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Grad.Functional;

/// <summary>The instructions on single numbers of one element type, as the JIT knows them.</summary>
internal sealed class ScalarCode
{
    private static readonly ScalarCode s_double = new(isFloat: false);
    private static readonly ScalarCode s_float = new(isFloat: true);

    private readonly bool _isFloat;
    private readonly Dictionary<MicroOp, MethodInfo> _methods;
    private readonly MethodInfo _toVector;
    private readonly MethodInfo _fromVector;
    private readonly MethodInfo _toBits;
    private readonly MethodInfo _fromBits;

    private ScalarCode(bool isFloat)
    {
        _isFloat = isFloat;
        _methods = isFloat ? Functions<float>(MathF.Sqrt, MathF.Abs, MathF.Truncate, MathF.Round, MathF.Min, MathF.Max, MathF.FusedMultiplyAdd)
            : Functions<double>(Math.Sqrt, Math.Abs, Math.Truncate, Math.Round, Math.Min, Math.Max, Math.FusedMultiplyAdd);
        _toVector = isFloat ? Method<float, Vector128<float>>(Vector128.CreateScalarUnsafe) : Method<double, Vector128<double>>(Vector128.CreateScalarUnsafe);
        _fromVector = isFloat ? Method<Vector128<float>, float>(Vector128.ToScalar) : Method<Vector128<double>, double>(Vector128.ToScalar);
        _toBits = isFloat ? Method<float, int>(BitConverter.SingleToInt32Bits) : Method<double, long>(BitConverter.DoubleToInt64Bits);
        _fromBits = isFloat ? Method<int, float>(BitConverter.Int32BitsToSingle) : Method<long, double>(BitConverter.Int64BitsToDouble);
    }

    /// <summary>The instructions on numbers of a type.</summary>
    public static ScalarCode Of(bool isFloat) => isFloat ? s_float : s_double;

    /// <summary>Whether a micro-operation is arithmetic: one instruction on numbers, with the bits of the same on vectors.</summary>
    public static bool Has(MicroOp op) => op == MicroOp.Remainder || Code(op) != OpCodes.Nop || s_double._methods.ContainsKey(op);

    /// <summary>The micro-operation, on operands that stand on the stack.</summary>
    public void Call(ILGenerator il, MicroOp op)
    {
        if (_methods.TryGetValue(op, out var method))
        {
            il.Emit(OpCodes.Call, method);
        }
        else
        {
            il.Emit(Code(op));
        }
    }

    /// <summary>A constant with these bits.</summary>
    public void Constant(ILGenerator il, long bits)
    {
        // As a number a NaN could lose bits.
        if (_isFloat && !float.IsNaN(BitConverter.Int32BitsToSingle((int)bits)))
        {
            il.Emit(OpCodes.Ldc_R4, BitConverter.Int32BitsToSingle((int)bits));
        }
        else if (!_isFloat && !double.IsNaN(BitConverter.Int64BitsToDouble(bits)))
        {
            il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(bits));
        }
        else
        {
            if (_isFloat)
            {
                il.Emit(OpCodes.Ldc_I4, (int)bits);
            }
            else
            {
                il.Emit(OpCodes.Ldc_I8, bits);
            }

            il.Emit(OpCodes.Call, _fromBits);
        }
    }

    /// <summary>The number on the stack in the lowest element of a vector; in the others there may be anything.</summary>
    public void ToVector(ILGenerator il) => il.Emit(OpCodes.Call, _toVector);

    /// <summary>The lowest element of the vector on the stack.</summary>
    public void FromVector(ILGenerator il) => il.Emit(OpCodes.Call, _fromVector);

    /// <summary>Whether the mask on the stack holds in the lowest element.</summary>
    public void IsTrue(ILGenerator il)
    {
        FromVector(il);
        il.Emit(OpCodes.Call, _toBits);
        il.Emit(OpCodes.Ldc_I4_0);
        if (!_isFloat)
        {
            il.Emit(OpCodes.Conv_I8);
        }

        il.Emit(OpCodes.Clt);
    }

    private static OpCode Code(MicroOp op) =>
        op == MicroOp.Add ? OpCodes.Add
        : op == MicroOp.Subtract ? OpCodes.Sub
        : op == MicroOp.Multiply ? OpCodes.Mul
        : op == MicroOp.Divide ? OpCodes.Div
        : op == MicroOp.Negate ? OpCodes.Neg
        : op == MicroOp.Remainder ? OpCodes.Rem
        : OpCodes.Nop;

    private static Dictionary<MicroOp, MethodInfo> Functions<T>(
        Func<T, T> sqrt, Func<T, T> abs, Func<T, T> truncate, Func<T, T> round, Func<T, T, T> min, Func<T, T, T> max, Func<T, T, T, T> fused) => new()
        {
            [MicroOp.Sqrt] = sqrt.Method,
            [MicroOp.Abs] = abs.Method,
            [MicroOp.Truncate] = truncate.Method,
            [MicroOp.Round] = round.Method,
            [MicroOp.Min] = min.Method,
            [MicroOp.Max] = max.Method,
            [MicroOp.FusedMultiplyAdd] = fused.Method,
        };

    private static MethodInfo Method<TFrom, TTo>(Func<TFrom, TTo> function) => function.Method;
}
