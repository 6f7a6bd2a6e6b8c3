using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>Straight-line machine code on single numbers.</summary>
/// <param name="table">Addresses by slot.</param>
/// <param name="memory">Memory of the step.</param>
/// <returns>Whether every guard held; if not, what was written is not to be read.</returns>
internal unsafe delegate bool StraightBody(nint* table, byte* memory);

/// <summary>
/// Emits a program as straight-line code on single numbers. Arithmetic is on scalars, whose operands the processor takes from memory in
/// passing; what works on bits, masks included, is on the lowest element of a vector. Between the two there is nothing to do: both are the same
/// registers.
/// </summary>
[RequiresDynamicCode("Emits machine code.")]
internal sealed class StraightEmitter
{
    /// <summary>The vectors in whose lowest elements masks and bits are.</summary>
    public const int VectorBytes = 16;

    private static int s_methods;

    private readonly VectorCode _vectors;
    private readonly ScalarCode _scalars;
    private readonly MicroProgram _program;
    private readonly int[] _places;
    private readonly ILGenerator _il;
    private readonly bool[] _live;
    private readonly int[] _lastReader;
    private readonly LocalBuilder[] _locals;
    private readonly Stack<LocalBuilder> _freeScalars = [];
    private readonly Stack<LocalBuilder> _freeVectors = [];
    private readonly LocalBuilder? _holds;
    private readonly HashSet<int> _guards;
    private readonly ILookup<int, MicroStore> _stores;
    private bool _isHolding;

    private StraightEmitter(VectorCode vectors, MicroProgram program, int[] places, ILGenerator il)
    {
        (_vectors, _program, _places, _il) = (vectors, program, places, il);
        _scalars = ScalarCode.Of(vectors.IsFloat);
        _live = program.Live();
        _lastReader = LastReaders(program, _live);
        _locals = new LocalBuilder[_live.Length];
        _guards = [.. program.Guards];
        _stores = program.Stores.ToLookup(store => store.Source);
        _holds = _guards.Count > 0 ? il.DeclareLocal(vectors.Vector) : null;
    }

    /// <summary>The program as a method.</summary>
    /// <param name="vectors">The vectors, of <see cref="VectorBytes"/>.</param>
    /// <param name="program">What is computed.</param>
    /// <param name="places">Where what is loaded and stored stands, by number.</param>
    public static unsafe StraightBody Emit(VectorCode vectors, MicroProgram program, int[] places)
    {
        var number = Interlocked.Increment(ref s_methods);
        var name = string.Create(CultureInfo.InvariantCulture, $"EmittedStraight{number}_{vectors.Element.Name}_{program.Micros.Count}");
        var method = new DynamicMethod(name, typeof(bool), [typeof(nint*), typeof(byte*)], typeof(StraightEmitter).Module, skipVisibility: true)
        {
            InitLocals = false,
        };
        var il = method.GetILGenerator(1 << 13);
        new StraightEmitter(vectors, program, places, il).Emit();
        var body = method.CreateDelegate<StraightBody>();

        // Compiled here rather than by the first run.
        RuntimeHelpers.PrepareDelegate(body);
        return body;
    }

    private static int[] LastReaders(MicroProgram program, bool[] live)
    {
        var last = new int[live.Length];
        for (var place = 0; place < live.Length; place++)
        {
            for (var k = 0; live[place] && k < program.Micros[place].Op.Operands; k++)
            {
                last[program.Micros[place].Operand(k)] = place;
            }
        }

        return last;
    }

    private void Emit()
    {
        for (var place = 0; place < _live.Length; place++)
        {
            if (_live[place])
            {
                if (!IsAtHand(place))
                {
                    Compute(place);
                }

                Use(place);
            }
        }

        if (_isHolding)
        {
            _il.Emit(OpCodes.Ldloc, _holds!);
            _scalars.IsTrue(_il);
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4_1);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Whether it is read where it is needed, rather than kept in a local variable.</summary>
    private bool IsAtHand(int place) => _program.IsConstant(place) || _program.Micros[place].Op == MicroOp.StillNumber;

    private bool IsScalar(int place) => ScalarCode.Has(_program.Micros[place].Op);

    private void Compute(int place)
    {
        var micro = _program.Micros[place];
        if (micro.Op == MicroOp.StillMask)
        {
            Address((int)micro.Detail);
            _vectors.BroadcastMask(_il);
        }
        else if (IsScalar(place))
        {
            for (var k = 0; k < micro.Op.Operands; k++)
            {
                LoadScalar(micro.Operand(k));
            }

            _scalars.Call(_il, micro.Op);
        }
        else
        {
            _vectors.Call(_il, micro, LoadVector);
        }

        for (var k = 0; k < micro.Op.Operands; k++)
        {
            Free(micro.Operand(k), place);
        }

        var free = IsScalar(place) ? _freeScalars : _freeVectors;
        if (!free.TryPop(out var local))
        {
            local = _il.DeclareLocal(IsScalar(place) ? _vectors.Element : _vectors.Vector);
        }

        _locals[place] = local;
        _il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>What is done with a value at once: written to memory, asked whether it holds.</summary>
    private void Use(int place)
    {
        foreach (var store in _stores[place])
        {
            Address(store.Pointer);
            if (store.IsMask)
            {
                LoadVector(place);
                _scalars.IsTrue(_il);
                _il.Emit(OpCodes.Stind_I1);
            }
            else
            {
                LoadScalar(place);
                _il.Emit(_vectors.IsFloat ? OpCodes.Stind_R4 : OpCodes.Stind_R8);
            }
        }

        if (_guards.Contains(place))
        {
            LoadVector(place);
            if (_isHolding)
            {
                _il.Emit(OpCodes.Ldloc, _holds!);
                _vectors.And(_il);
            }

            _il.Emit(OpCodes.Stloc, _holds!);
            _isHolding = true;
        }

        Free(place, 0);
    }

    private void Free(int place, int reader)
    {
        if (_lastReader[place] == reader && _locals[place] is { } local)
        {
            _locals[place] = null!;
            (IsScalar(place) ? _freeScalars : _freeVectors).Push(local);
        }
    }

    private void LoadScalar(int place)
    {
        var micro = _program.Micros[place];
        if (micro.Op == MicroOp.StillNumber)
        {
            Address((int)micro.Detail);
            _il.Emit(_vectors.IsFloat ? OpCodes.Ldind_R4 : OpCodes.Ldind_R8);
        }
        else if (micro.Op == MicroOp.Constant)
        {
            _scalars.Constant(_il, micro.Detail);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _locals[place]);
            if (!IsScalar(place))
            {
                _scalars.FromVector(_il);
            }
        }
    }

    private void LoadVector(int place)
    {
        if (_program.IsConstant(place))
        {
            _vectors.Constant(_il, _program.Micros[place].Detail);
        }
        else if (_locals[place] is { } local && !IsScalar(place))
        {
            _il.Emit(OpCodes.Ldloc, local);
        }
        else
        {
            LoadScalar(place);
            _scalars.ToVector(_il);
        }
    }

    private void Address(int number)
    {
        var place = _places[number];
        _il.Emit(place >= 0 ? OpCodes.Ldarg_1 : OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, place >= 0 ? place : ~place * nint.Size);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        if (place < 0)
        {
            _il.Emit(OpCodes.Ldind_I);
        }
    }
}
