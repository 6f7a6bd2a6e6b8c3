using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Grad.Functional;
using static Grad.Functional.NDMath;

namespace Properties.Checking;

/// <summary>
/// A composition of smooth functions whose derivatives stay moderate on [−2, 2], written once for every element type. It can be printed,
/// and a step of it can be replaced by a faulty one.
/// </summary>
public abstract record SmoothFunction
{
    /// <summary>The value, elementwise.</summary>
    public abstract NDArray<T> Of<T>(NDArray<T> x) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Any composition of at most this depth.</summary>
    public static Gen<SmoothFunction> Any(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant<SmoothFunction>(new Argument()),
            Gen.Choose(-16, 16).Select(eighths => (SmoothFunction)new Number(eighths / 8.0)));
        return depth == 0
            ? leaf
            : Gen.Frequency(
                (1, leaf),
                (5, from name in Gen.Elements(Applied.Names) from inner in Any(depth - 1) select (SmoothFunction)new Applied(name, inner)),
                (4, from name in Gen.Elements('+', '-', '*')
                    from left in Any(depth - 1)
                    from right in Any(depth - 1)
                    select (SmoothFunction)new Combined(name, left, right)));
    }

    /// <summary>Simpler functions: the parts of this one.</summary>
    public IEnumerable<SmoothFunction> Parts() => this switch
    {
        Applied(_, var inner) => [inner],
        Combined(_, var left, var right) => [left, right],
        _ => [],
    };

    private sealed record Argument : SmoothFunction
    {
        public override NDArray<T> Of<T>(NDArray<T> x) => x;

        public override string ToString() => "x";
    }

    private sealed record Number(double Value) : SmoothFunction
    {
        public override NDArray<T> Of<T>(NDArray<T> x) => T.CreateChecked(Value);

        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Applied(string Name, SmoothFunction Inner) : SmoothFunction
    {
        public static readonly string[] Names = ["Sin", "Cos", "Tanh", "Sigmoid", "Softplus", "Bell", "LogP1Square", "Hyperbola"];

        public override NDArray<T> Of<T>(NDArray<T> x)
        {
            var inner = Inner.Of(x);
            return Name switch
            {
                "Sin" => Sin(inner),
                "Cos" => Cos(inner),
                "Tanh" => Tanh(inner),
                "Sigmoid" => Sigmoid(inner),
                "Softplus" => Softplus(inner),
                "Bell" => Exp(-Square(inner)),
                "LogP1Square" => LogP1(Square(inner)),
                _ => Sqrt(1 + Square(inner)),
            };
        }

        public override string ToString() => $"{Name}({Inner})";
    }

    private sealed record Combined(char Name, SmoothFunction Left, SmoothFunction Right) : SmoothFunction
    {
        public override NDArray<T> Of<T>(NDArray<T> x)
        {
            var (left, right) = (Left.Of(x), Right.Of(x));
            return Name switch { '+' => left + right, '-' => left - right, _ => left * right };
        }

        public override string ToString() => $"({Left} {Name} {Right})";
    }
}
