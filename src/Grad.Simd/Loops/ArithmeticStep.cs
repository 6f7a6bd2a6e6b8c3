namespace Grad.Simd;

/// <summary>What a step does with the accumulator a and its operands y and z, which are read from memory.</summary>
internal enum ArithmeticCode
{
    /// <summary>Nothing: what has been loaded is to be stored.</summary>
    None,

    /// <summary>a + y.</summary>
    Add,

    /// <summary>a − y.</summary>
    Subtract,

    /// <summary>y − a.</summary>
    SubtractFrom,

    /// <summary>a·y.</summary>
    Multiply,

    /// <summary>a·a.</summary>
    Square,

    /// <summary>a/y.</summary>
    Divide,

    /// <summary>y/a.</summary>
    DivideInto,

    /// <summary>a·y + z, rounded as lanes round it.</summary>
    MultiplyAdd,

    /// <summary>y·z + a, rounded as lanes round it.</summary>
    AddProduct,

    /// <summary>a + y·z, the product rounded.</summary>
    PlusProduct,

    /// <summary>a − y·z, the product rounded.</summary>
    MinusProduct,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>The lesser of a and y.</summary>
    Min,

    /// <summary>The greater of a and y.</summary>
    Max,

    /// <summary>The magnitude of a.</summary>
    Abs,

    /// <summary>The root of a.</summary>
    Sqrt,
}

/// <summary>A step of a program that <see cref="Arithmetic"/> runs. Fields: a property is a call, of which the JIT inlines only so many into the loop.</summary>
/// <param name="code">What is done.</param>
/// <param name="x">Where the accumulator is loaded from before, among the program's addresses; −1 if it has its value.</param>
/// <param name="y">Where y stands; anywhere if there is none.</param>
/// <param name="z">Where z stands; anywhere if there is none.</param>
/// <param name="result">Where the accumulator is stored afterwards; −1 if nowhere.</param>
internal readonly struct ArithmeticStep(ArithmeticCode code, int x, int y, int z, int result)
{
    public readonly ArithmeticCode Code = code;
    public readonly int X = x;
    public readonly int Y = y;
    public readonly int Z = z;
    public readonly int Result = result;
}
