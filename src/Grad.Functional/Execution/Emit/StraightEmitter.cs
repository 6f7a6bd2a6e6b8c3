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

/// <summary>Emits a program as straight-line code on single numbers.</summary>
[RequiresDynamicCode("Emits machine code.")]
internal sealed class StraightEmitter
{
    // The JIT optimises a thousand variables, its own among them, and no more.
    private const int MostLocals = 600;

    private static int s_methods;

    private readonly ScalarCode _code;
    private readonly MicroProgram _program;
    private readonly ScalarAddress[] _addresses;
    private readonly ILGenerator _il;
    private readonly bool[] _live;
    private readonly int[] _lastReader;
    private readonly LocalBuilder[] _locals;
    private readonly Stack<LocalBuilder> _free = [];
    private readonly Dictionary<int, LocalBuilder> _bases = [];
    private readonly LocalBuilder? _holds;
    private readonly HashSet<int> _guards;
    private readonly ILookup<int, MicroStore> _stores;
    private bool _isHolding;
    private int _declared;

    private StraightEmitter(ScalarCode code, MicroProgram program, ScalarAddress[] addresses, ILGenerator il)
    {
        (_code, _program, _addresses, _il) = (code, program, addresses, il);
        _live = program.Live();
        _lastReader = LastReaders(program, _live);
        _locals = new LocalBuilder[_live.Length];
        _guards = [.. program.Guards];
        _stores = program.Stores.ToLookup(store => store.Source);
        _holds = _guards.Count > 0 ? il.DeclareLocal(code.Vector) : null;
    }

    /// <summary>The program as a method.</summary>
    /// <param name="code">The instructions.</param>
    /// <param name="program">What is computed.</param>
    /// <param name="addresses">Where what is loaded and stored stands, by number.</param>
    public static unsafe StraightBody Emit(ScalarCode code, MicroProgram program, ScalarAddress[] addresses)
    {
        var number = Interlocked.Increment(ref s_methods);
        var name = string.Create(CultureInfo.InvariantCulture, $"EmittedStraight{number}_{code.ElementName}_{program.Micros.Count}");
        var method = new DynamicMethod(name, typeof(bool), [typeof(nint*), typeof(byte*)], typeof(StraightEmitter).Module, skipVisibility: true)
        {
            InitLocals = false,
        };
        var il = method.GetILGenerator(1 << 13);
        new StraightEmitter(code, program, addresses, il).Emit();
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
            _code.IsTrue(_il);
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4_1);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Whether it is read where it is needed, rather than kept in a local variable.</summary>
    private bool IsAtHand(int place) => _program.IsConstant(place) || _program.Micros[place].Op == MicroOp.StillNumber;

    private void Compute(int place)
    {
        var micro = _program.Micros[place];
        if (micro.Op == MicroOp.StillMask)
        {
            Address((int)micro.Detail);
            _code.LoadMask(_il);
        }
        else
        {
            _code.Call(_il, InPlace(micro, place), Load);
        }

        for (var k = 0; k < micro.Op.Operands; k++)
        {
            Free(micro.Operand(k), place);
        }

        // In a variable of its own a value stays in the register that it was computed in.
        LocalBuilder? local = null;
        if (_declared < MostLocals || !_free.TryPop(out local))
        {
            local = _il.DeclareLocal(_code.Vector);
            _declared++;
        }

        _locals[place] = local;
        _il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>
    /// A multiply-add takes the place of its first factor: best the one that is not needed any more, or that comes from memory. Else it is copied first.
    /// </summary>
    private Micro InPlace(Micro micro, int place) =>
        micro.Op == MicroOp.FusedMultiplyAdd && !IsLost(micro.A, place) && IsLost(micro.B, place) ? micro with { A = micro.B, B = micro.A } : micro;

    private bool IsLost(int operand, int reader) => IsAtHand(operand) || _lastReader[operand] == reader;

    /// <summary>What is done with a value at once: written to memory, asked whether it holds.</summary>
    private void Use(int place)
    {
        foreach (var store in _stores[place])
        {
            Address(store.Pointer);
            Load(place);
            if (store.IsMask)
            {
                _code.StoreMask(_il);
            }
            else
            {
                _code.Store(_il);
            }
        }

        if (_guards.Contains(place))
        {
            Load(place);
            if (_isHolding)
            {
                _il.Emit(OpCodes.Ldloc, _holds!);
                _code.And(_il);
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
            _free.Push(local);
        }
    }

    private void Load(int place)
    {
        var micro = _program.Micros[place];
        if (micro.Op == MicroOp.StillNumber)
        {
            Address((int)micro.Detail);
            _code.Load(_il);
        }
        else if (micro.Op == MicroOp.Constant)
        {
            _code.Constant(_il, micro.Detail);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _locals[place]);
        }
    }

    private void Address(int number)
    {
        var (slot, offset) = _addresses[number];
        if (slot < 0)
        {
            _il.Emit(OpCodes.Ldarg_1);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, Base(slot));
        }

        _il.Emit(OpCodes.Ldc_I8, offset);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
    }

    /// <summary>The address in a slot, read when it is needed first.</summary>
    private LocalBuilder Base(int slot)
    {
        if (!_bases.TryGetValue(slot, out var local))
        {
            _bases.Add(slot, local = _il.DeclareLocal(typeof(nint)));
            _il.Emit(OpCodes.Ldarg_0);
            _il.Emit(OpCodes.Ldc_I4, slot * nint.Size);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldind_I);
            _il.Emit(OpCodes.Stloc, local);
        }

        return local;
    }
}
