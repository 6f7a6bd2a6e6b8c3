using System.Numerics;
using System.Reflection;
using Grad.Simd;

namespace Properties.Kernels;

/// <summary>One elementwise overload of <see cref="SpanMath"/> for one element type, found by reflection and callable in one way.</summary>
/// <remarks>Operands are numbered as the parameters stand; at most one of them is a number instead of a span.</remarks>
public sealed class SpanOverload<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private delegate void Unary(ReadOnlySpan<T> x, Span<T> destination);
    private delegate void Binary(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination);
    private delegate void BinaryFirst(T x, ReadOnlySpan<T> y, Span<T> destination);
    private delegate void BinarySecond(ReadOnlySpan<T> x, T y, Span<T> destination);
    private delegate void Ternary(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination);
    private delegate void TernarySecond(ReadOnlySpan<T> x, T y, ReadOnlySpan<T> z, Span<T> destination);
    private delegate void TernaryThird(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T z, Span<T> destination);

    /// <summary>Calls the overload; of the operands, those that it has are used, and of its scalar operand the first element.</summary>
    public delegate void Call(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> destination);

    private SpanOverload(string name, string signature, int operands, int scalar, Call run) =>
        (Name, Signature, Operands, Scalar, Run) = (name, signature, operands, scalar, run);

    /// <summary>The function's name.</summary>
    public string Name { get; }

    /// <summary>The function's name and what its operands are.</summary>
    public string Signature { get; }

    /// <summary>How many operands there are, spans and numbers.</summary>
    public int Operands { get; }

    /// <summary>Which operand is a number, or −1.</summary>
    public int Scalar { get; }

    /// <summary>The overload.</summary>
    public Call Run { get; }

    /// <summary>The operands that are spans.</summary>
    public IEnumerable<int> Spans => Enumerable.Range(0, Operands).Where(k => k != Scalar);

    /// <summary>Every overload of numbers that writes one span; those of an order beside are tried as ops.</summary>
    public static SpanOverload<T>[] All { get; } =
    [
        .. typeof(SpanMath).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(void) && method.GetParameters().All(parameter => parameter.ParameterType != typeof(int)))
            .Where(method => method.GetParameters().Count(parameter => IsWritten(parameter.ParameterType)) == 1)
            .Select(Create),
    ];

    /// <summary>The function of one element, by a call on spans of length one.</summary>
    public T Alone(T x, T y, T z)
    {
        T result = default;
        Run([x], [y], [z], new Span<T>(ref result));
        return result;
    }

    public override string ToString() => $"{Signature} of {typeof(T).Name}";

    private static bool IsWritten(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Span<>);

    private static SpanOverload<T> Create(MethodInfo method)
    {
        var parameters = method.GetParameters()[..^1];
        string signature = $"{method.Name}({string.Join(", ", parameters.Select(p => p.ParameterType.IsGenericType ? "span" : "number"))})";
        int scalar = Array.FindIndex(parameters, p => !p.ParameterType.IsGenericType);
        var typed = method.MakeGenericMethod(typeof(T));
        return new(method.Name, signature, parameters.Length, scalar, Adapt(typed, parameters.Length, scalar));
    }

    private static Call Adapt(MethodInfo method, int operands, int scalar)
    {
        switch (operands, scalar)
        {
            case (1, -1):
                var unary = method.CreateDelegate<Unary>();
                return (x, _, _, destination) => unary(x, destination);
            case (2, -1):
                var binary = method.CreateDelegate<Binary>();
                return (x, y, _, destination) => binary(x, y, destination);
            case (2, 0):
                var binaryFirst = method.CreateDelegate<BinaryFirst>();
                return (x, y, _, destination) => binaryFirst(x[0], y, destination);
            case (2, 1):
                var binarySecond = method.CreateDelegate<BinarySecond>();
                return (x, y, _, destination) => binarySecond(x, y[0], destination);
            case (3, -1):
                var ternary = method.CreateDelegate<Ternary>();
                return (x, y, z, destination) => ternary(x, y, z, destination);
            case (3, 1):
                var ternarySecond = method.CreateDelegate<TernarySecond>();
                return (x, y, z, destination) => ternarySecond(x, y[0], z, destination);
            case (3, 2):
                var ternaryThird = method.CreateDelegate<TernaryThird>();
                return (x, y, z, destination) => ternaryThird(x, y, z[0], destination);
            default:
                throw new NotSupportedException($"No delegate has the shape of {method}: add one.");
        }
    }
}
