using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>
/// Takes values made of arrays apart and puts them together again. A tree is an <see cref="IArrayTree"/> (so, an array), or an array,
/// a <see cref="List{T}"/> or a value tuple of trees.
/// </summary>
internal static class Tree
{
    /// <summary>The leaves of <paramref name="tree"/>, in the order in which they are written.</summary>
    /// <exception cref="ArgumentException">
    /// A member can be neither a leaf nor a tree; the message names it, the exception names <paramref name="parameter"/>.
    /// </exception>
    public static List<Node> Flatten<TTree>(TTree tree, string parameter)
    {
        if (tree is null)
        {
            throw new ArgumentNullException(parameter);
        }

        var writer = new Writer();
        Flatten(tree, writer, new Place(parameter));
        return writer.Leaves;
    }

    /// <summary>A tree like <paramref name="pattern"/> over other leaves, in the order of <see cref="Flatten{TTree}"/>.</summary>
    public static TTree Rebuild<TTree>(TTree pattern, ReadOnlySpan<Node> leaves)
    {
        var reader = new Reader(leaves.ToArray());
        var tree = (TTree)Rebuild(pattern!, reader);
        reader.RequireEnd(pattern!);
        return tree;
    }

    /// <summary>Adds how many items the lists in a tree have: what their leaves alone do not say.</summary>
    public static void Describe(object? tree, OpKey key)
    {
        if (tree is IList items and not IArrayTree)
        {
            key.Add(items.Count);
            foreach (var item in items)
            {
                Describe(item, key);
            }
        }
        else if (tree is ITuple tuple)
        {
            for (var i = 0; i < tuple.Length; i++)
            {
                Describe(tuple[i], key);
            }
        }
    }

    private static void Flatten(object? tree, Writer writer, Place place)
    {
        switch (tree)
        {
            case IArrayTree custom:
                custom.Flatten(writer);
                break;
            case IList items when IsSequence(items):
                for (var i = 0; i < items.Count; i++)
                {
                    Flatten(items[i], writer, place.Element(i));
                }

                break;
            case ITuple tuple when IsValueTuple(tuple):
                for (var i = 0; i < tuple.Length; i++)
                {
                    Flatten(tuple[i], writer, place.Item(i));
                }

                break;
            default:
                throw place.Refuse(tree);
        }
    }

    private static object Rebuild(object pattern, Reader reader)
    {
        switch (pattern)
        {
            case IArrayTree custom:
                return custom.Rebuild(reader);
            case Array array:
                // A copy has the same type without anyone naming it.
                var elements = (Array)array.Clone();
                for (var i = 0; i < elements.Length; i++)
                {
                    elements.SetValue(Rebuild(array.GetValue(i)!, reader), i);
                }

                return elements;
            case IList list:
                var items = (IList)Construct(list.GetType(), []);
                foreach (var item in list)
                {
                    items.Add(Rebuild(item!, reader));
                }

                return items;
            default:
                var tuple = (ITuple)pattern;
                var parts = new object[tuple.Length];
                for (var i = 0; i < parts.Length; i++)
                {
                    parts[i] = Rebuild(tuple[i]!, reader);
                }

                return parts.Length == 0 ? tuple : MakeTuple(tuple.GetType(), parts);
        }
    }

    private static bool IsSequence(IList list) =>
        list is Array { Rank: 1 } || (list.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(List<>));

    private static bool IsValueTuple(ITuple tuple) =>
        tuple is ValueTuple || (tuple.GetType() is { IsGenericType: true, IsValueType: true } type && type.Namespace == nameof(System));

    /// <summary>A tuple beyond seven items is a tuple of seven and of a tuple of the rest.</summary>
    private static object MakeTuple(Type type, ReadOnlySpan<object> parts)
    {
        var types = type.GetGenericArguments();
        return types.Length < 8
            ? Construct(type, [.. parts])
            : Construct(type, [.. parts[..7], MakeTuple(types[7], parts[7..])]);
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(List<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ValueTuple<,,,,,,,>))]
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2067",
        Justification = "The type is that of a living List<> or ValueTuple<…>, whose constructors the attributes above keep.")]
    private static object Construct(Type type, object[] arguments) => Activator.CreateInstance(type, arguments)!;

    /// <summary>Where in a tree a member stands: <c>Item2[0]</c>.</summary>
    private readonly record struct Place(string Parameter, string Path = "")
    {
        public Place Element(int index) => this with { Path = $"{Path}[{index}]" };

        public Place Item(int index) => this with { Path = Path.Length == 0 ? $"Item{index + 1}" : $"{Path}.Item{index + 1}" };

        public ArgumentException Refuse(object? member) => new(
            $"An array tree holds nothing but arrays, but {(Path.Length == 0 ? "the value" : Path)} is " +
            $"{(member is null ? "null" : $"of type {TypeName(member.GetType())}")}. A leaf is an NDArray<T>, and trees are made of them " +
            "by tuples, arrays, List<> and types that implement IArrayTree; use one of these, or capture the value instead of passing it.",
            Parameter);

        /// <summary>As written in C#, but for keywords.</summary>
        private static string TypeName(Type type) =>
            type.IsArray ? $"{TypeName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
            : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
            : type.Name;
    }

    private sealed class Writer : ITreeWriter
    {
        public List<Node> Leaves { get; } = [];

        public void Add<T>(NDArray<T> leaf) where T : unmanaged
        {
            ArgumentNullException.ThrowIfNull(leaf);
            Leaves.Add(leaf);
        }
    }

    private sealed class Reader(Node[] leaves) : ITreeReader
    {
        private int _next;

        public NDArray<T> Next<T>() where T : unmanaged
        {
            if (_next == leaves.Length)
            {
                throw new InvalidOperationException(
                    $"Rebuild asked for more arrays than the {leaves.Length} that Flatten wrote. " +
                    "Read exactly what is written, in the same order.");
            }

            return leaves[_next++] as NDArray<T> ?? throw new InvalidOperationException(
                $"Rebuild asked for an NDArray<{typeof(T).Name}> as array {_next}, but Flatten wrote an " +
                $"NDArray<{leaves[_next - 1].ElementType.Name}> there. Read in the order of writing.");
        }

        public void RequireEnd(object pattern)
        {
            if (_next != leaves.Length)
            {
                throw new InvalidOperationException(
                    $"Rebuild of {pattern.GetType().Name} read {_next} of the {leaves.Length} arrays that Flatten wrote. " +
                    "Read exactly what is written.");
            }
        }
    }
}
