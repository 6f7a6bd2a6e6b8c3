namespace Grad.Simd;

/// <summary>
/// What a step does with the accumulator a, its operands y and z, which are read from memory, and what is held in p and q.
/// </summary>
internal enum ArithmeticCode
{
    /// <summary>Nothing: what has been loaded is to be stored.</summary>
    None,

    /// <summary>a + y.</summary>
    Add,

    /// <summary>a + p.</summary>
    AddP,

    /// <summary>a + q.</summary>
    AddQ,

    /// <summary>a − y.</summary>
    Subtract,

    /// <summary>a − p.</summary>
    SubtractP,

    /// <summary>a − q.</summary>
    SubtractQ,

    /// <summary>y − a.</summary>
    SubtractFrom,

    /// <summary>p − a.</summary>
    SubtractFromP,

    /// <summary>q − a.</summary>
    SubtractFromQ,

    /// <summary>a·y.</summary>
    Multiply,

    /// <summary>a·p.</summary>
    MultiplyP,

    /// <summary>a·q.</summary>
    MultiplyQ,

    /// <summary>a·a.</summary>
    Square,

    /// <summary>a/y.</summary>
    Divide,

    /// <summary>y/a.</summary>
    DivideInto,

    /// <summary>a·z + y, rounded as lanes round it.</summary>
    MultiplyAdd,

    /// <summary>a·p + y, rounded as lanes round it.</summary>
    MultiplyAddP,

    /// <summary>a·q + y, rounded as lanes round it.</summary>
    MultiplyAddQ,

    /// <summary>y·z + a, rounded as lanes round it.</summary>
    AddProduct,

    /// <summary>y·p + a, rounded as lanes round it.</summary>
    AddProductP,

    /// <summary>y·q + a, rounded as lanes round it.</summary>
    AddProductQ,

    /// <summary>a + y·z, the product rounded.</summary>
    PlusProduct,

    /// <summary>a + y·p, the product rounded.</summary>
    PlusProductP,

    /// <summary>a + y·q, the product rounded.</summary>
    PlusProductQ,

    /// <summary>a − y·z, the product rounded.</summary>
    MinusProduct,

    /// <summary>a − y·p, the product rounded.</summary>
    MinusProductP,

    /// <summary>a − y·q, the product rounded.</summary>
    MinusProductQ,

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

    /// <summary>Nothing to a: p is y from now on.</summary>
    HoldP,

    /// <summary>Nothing to a: q is y from now on.</summary>
    HoldQ,
}
