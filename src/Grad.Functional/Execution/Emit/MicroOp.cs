using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Grad.Simd;

namespace Grad.Functional;

/// <summary>How a micro-operation becomes instructions.</summary>
internal enum MicroForm
{
    /// <summary>A load from memory, or a broadcast of one element.</summary>
    Input,

    /// <summary>A constant in every element.</summary>
    Constant,

    /// <summary>
    /// The method or operator of that name of Vector512, Vector256 or Vector128, on numbers or masks. Operators rather than the methods that call
    /// them: to the JIT only they are instructions, and what is to be inlined first costs its time.
    /// </summary>
    Numbers,

    /// <summary>The same on the integers with the same bits.</summary>
    Integers,

    /// <summary>The same on the integers with the same bits, by a constant number of places.</summary>
    Shift,

    /// <summary>An instruction that only 512-bit vectors of x86 have.</summary>
    Avx512,

    /// <summary>A call of the lanes' own method.</summary>
    Lane,

    /// <summary>A look-up in a row of a table: a permute where one does it, else a call of the lanes' own method of the table's name.</summary>
    Table,
}

/// <summary>
/// A kind of micro-operation: what the recording lane writes, and the method that is called for it at every width and element type. Each
/// is one that the hardware lanes call themselves, which is why the bits are theirs.
/// </summary>
/// <param name="method">The method's name.</param>
/// <param name="operands">The number of operands that are values.</param>
/// <param name="form">How it is called.</param>
internal sealed class MicroOp(string method, int operands, MicroForm form = MicroForm.Numbers)
{
    // The detail of an input is its place among the pointers.
    public static readonly MicroOp Numbers = new("Load", 0, MicroForm.Input);
    public static readonly MicroOp Mask = new("LoadMask", 0, MicroForm.Input);
    public static readonly MicroOp StillNumber = new("Create", 0, MicroForm.Input);
    public static readonly MicroOp StillMask = new("Create", 0, MicroForm.Input);

    // The detail of a constant is its bits.
    public static readonly MicroOp Constant = new("Create", 0, MicroForm.Constant);

    public static readonly MicroOp Add = new("op_Addition", 2);
    public static readonly MicroOp Subtract = new("op_Subtraction", 2);
    public static readonly MicroOp Multiply = new("op_Multiply", 2);
    public static readonly MicroOp Divide = new("op_Division", 2);
    public static readonly MicroOp Negate = new("op_UnaryNegation", 1);
    public static readonly MicroOp FusedMultiplyAdd = new("FusedMultiplyAdd", 3);
    public static readonly MicroOp Min = new("Min", 2);
    public static readonly MicroOp Max = new("Max", 2);
    public static readonly MicroOp MinNative = new("MinNative", 2);
    public static readonly MicroOp MaxNative = new("MaxNative", 2);
    public static readonly MicroOp Abs = new("Abs", 1);
    public static readonly MicroOp Sqrt = new("Sqrt", 1);
    public static readonly MicroOp Truncate = new("Truncate", 1);
    public static readonly MicroOp Round = new("Round", 1);

    public static readonly MicroOp LessThan = new("LessThan", 2);
    public static readonly MicroOp LessThanOrEqual = new("LessThanOrEqual", 2);
    public static readonly MicroOp Equal = new("Equals", 2);
    public static readonly MicroOp Select = new("ConditionalSelect", 3);

    public static readonly MicroOp And = new("op_BitwiseAnd", 2);
    public static readonly MicroOp Or = new("op_BitwiseOr", 2);
    public static readonly MicroOp Xor = new("op_ExclusiveOr", 2);
    public static readonly MicroOp Not = new("op_OnesComplement", 1);

    public static readonly MicroOp AddBits = new("op_Addition", 2, MicroForm.Integers);
    public static readonly MicroOp SubtractBits = new("op_Subtraction", 2, MicroForm.Integers);
    public static readonly MicroOp BitsLessThan = new("LessThan", 2, MicroForm.Integers);

    // The detail of a shift is the number of places.
    public static readonly MicroOp ShiftLeft = new("op_LeftShift", 1, MicroForm.Shift);
    public static readonly MicroOp ShiftRight = new("op_UnsignedRightShift", 1, MicroForm.Shift);

    // The detail of a mantissa is its interval, that of a range its choice.
    public static readonly MicroOp Scale = new("Scale", 2, MicroForm.Avx512);
    public static readonly MicroOp Range = new("Range", 2, MicroForm.Avx512);
    public static readonly MicroOp Mantissa = new("GetMantissa", 1, MicroForm.Avx512);
    public static readonly MicroOp Exponent = new("GetExponent", 1, MicroForm.Avx512);

    public static readonly MicroOp Remainder = new("Remainder", 2, MicroForm.Lane);
    public static readonly MicroOp QuarterPowerOfTwo = new("QuarterPowerOfTwo", 1, MicroForm.Lane);

    /// <summary>A look-up in a table; its detail is the row.</summary>
    public static class LookUp<TTable> where TTable : struct, IEighths
    {
        // The numbers are constants of the assembly, which do not move.
        public static readonly unsafe MicroOp Op = new(typeof(TTable).Name, 1, MicroForm.Table)
        {
            Doubles = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(TTable.Doubles)),
            Floats = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(TTable.Floats)),
        };
    }

    /// <summary>Where a table's rows begin, as doubles.</summary>
    public nint Doubles { get; private init; }

    /// <summary>Where a table's rows begin, as floats.</summary>
    public nint Floats { get; private init; }

    public string Method => method;

    public int Operands => operands;

    public MicroForm Form => form;

    /// <summary>Whether the first two operands may be exchanged: no bit changes, but those of a NaN that meets another.</summary>
    public bool Commutes => this == Multiply || this == Add || this == FusedMultiplyAdd;
}

/// <summary>A micro-operation: one or a few instructions on one vector.</summary>
/// <param name="Op">Its kind.</param>
/// <param name="A">The first operand's place in the program.</param>
/// <param name="B">The second operand's.</param>
/// <param name="C">The third operand's.</param>
/// <param name="Detail">What distinguishes it besides.</param>
internal readonly record struct Micro(MicroOp Op, int A = -1, int B = -1, int C = -1, long Detail = 0)
{
    /// <summary>An operand's place in the program.</summary>
    public int Operand(int index) => index switch { 0 => A, 1 => B, _ => C };
}
