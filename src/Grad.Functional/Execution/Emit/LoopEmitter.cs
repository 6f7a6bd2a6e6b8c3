using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Grad.Functional;

/// <summary>A loop of machine code: computes whole iterations from <paramref name="start"/> on, none beyond <paramref name="end"/>.</summary>
/// <returns>The first element that was not computed.</returns>
internal unsafe delegate nint LoopBody(nint* pointers, nint start, nint end);

/// <summary>
/// Emits a program as one loop. Each iteration computes several vectors side by side, each micro-operation for all of them before the next, so
/// that chains of dependent instructions overlap. Guards are tested before anything is stored: an iteration that fails has done nothing.
/// </summary>
[RequiresDynamicCode("Emits machine code.")]
internal sealed class LoopEmitter
{
    private static int s_methods;

    private readonly VectorCode _code;
    private readonly MicroProgram _program;
    private readonly int _interleave;
    private readonly int[] _order;
    private readonly bool[] _live;
    private readonly ILGenerator _il;
    private readonly Dictionary<int, LocalBuilder> _pointers = [];
    private readonly LocalBuilder _index;
    private readonly Locals _locals;
    private LocalBuilder? _holds;

    private LoopEmitter(VectorCode code, MicroProgram program, int interleave, int[] order, ILGenerator il)
    {
        (_code, _program, _interleave, _order, _il) = (code, program, interleave, order, il);
        _live = program.Live();
        _index = il.DeclareLocal(typeof(nint));
        _locals = new Locals(il, code.Vector);
    }

    /// <summary>The program as a loop over <paramref name="interleave"/> vectors at a time, computed in that order.</summary>
    public static LoopBody Emit(VectorCode code, MicroProgram program, int interleave, int[] order)
    {
        var number = Interlocked.Increment(ref s_methods);
        var name = string.Create(CultureInfo.InvariantCulture, $"Emitted{number}_{code.Element.Name}_{program.Micros.Count}x{interleave}");
        var method = new DynamicMethod(
            name, typeof(nint), [typeof(nint*), typeof(nint), typeof(nint)], typeof(LoopEmitter).Module, skipVisibility: true)
        {
            InitLocals = false,
        };
        var il = method.GetILGenerator(1 << 14);
        new LoopEmitter(code, program, interleave, order, il).Emit();
        var body = method.CreateDelegate<LoopBody>();

        // Compiled here rather than by the first run.
        RuntimeHelpers.PrepareDelegate(body);
        return body;
    }

    private void Emit()
    {
        var body = Sequence();
        _locals.Plan(_program, body, _interleave);
        var (next, test, failed) = (_il.DefineLabel(), _il.DefineLabel(), _il.DefineLabel());
        LoadPointers();
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Stloc, _index);

        var position = 0;
        for (; position < body.Count && _program.IsInvariant(body[position].Micro); position++)
        {
            Compute(body[position], position);
        }

        // Once for the row: a guard on what stands still.
        Test(failed);
        _il.Emit(OpCodes.Br, test);
        _il.MarkLabel(next);
        for (; position < body.Count; position++)
        {
            Compute(body[position], position);
        }

        Test(failed);
        Store();
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldc_I4, _interleave * _code.Count);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, _index);

        _il.MarkLabel(test);
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Ldc_I4, _interleave * _code.Count);
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Ble, next);
        _il.MarkLabel(failed);
        _il.Emit(OpCodes.Ldloc, _index);
        _il.Emit(OpCodes.Ret);
    }

    /// <summary>What is computed, in order: first what stands still, once; then the rest for each of the vectors.</summary>
    private List<MicroStep> Sequence()
    {
        var sequence = new List<MicroStep>();
        var places = Enumerable.Range(0, _program.Micros.Count).Where(place => _live[place] && !_program.IsConstant(place)).ToArray();
        foreach (var place in places.Where(_program.IsInvariant))
        {
            sequence.Add(new MicroStep(place, 0));
        }

        foreach (var place in _order)
        {
            for (var u = 0; u < _interleave; u++)
            {
                sequence.Add(new MicroStep(place, u));
            }
        }

        return sequence;
    }

    private void LoadPointers()
    {
        var running = _program.Micros.Where((micro, place) => _live[place] && (micro.Op == MicroOp.Numbers || micro.Op == MicroOp.Mask));
        foreach (var pointer in running.Select(micro => (int)micro.Detail).Concat(_program.Stores.Select(store => store.Pointer)).Distinct())
        {
            var local = _il.DeclareLocal(typeof(nint));
            Pointer(pointer);
            _il.Emit(OpCodes.Stloc, local);
            _pointers.Add(pointer, local);
        }
    }

    private void Pointer(int pointer)
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4, pointer * nint.Size);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    private void Compute(MicroStep step, int position)
    {
        var micro = _program.Micros[step.Micro];
        if (micro.Op.Form == MicroForm.Input)
        {
            Input(micro, step.Vector);
        }
        else
        {
            _code.Call(_il, micro, operand => Operand(operand, step.Vector));
        }

        _locals.Free(position);
        _il.Emit(OpCodes.Stloc, _locals.Take(step));
        if (_program.Guards.Contains(step.Micro))
        {
            Guard(step);
        }
    }

    private void Input(Micro micro, int vector)
    {
        var pointer = (int)micro.Detail;
        if (micro.Op == MicroOp.StillNumber)
        {
            Pointer(pointer);
            _code.Broadcast(_il);
        }
        else if (micro.Op == MicroOp.StillMask)
        {
            Pointer(pointer);
            _code.BroadcastMask(_il);
        }
        else
        {
            Address(pointer, vector, micro.Op == MicroOp.Mask);
            if (micro.Op == MicroOp.Mask)
            {
                _code.LoadMask(_il);
            }
            else
            {
                _code.Load(_il);
            }
        }
    }

    private void Address(int pointer, int vector, bool isMask)
    {
        var size = isMask ? sizeof(bool) : _code.ElementBytes;
        _il.Emit(OpCodes.Ldloc, _pointers[pointer]);
        _il.Emit(OpCodes.Ldloc, _index);
        if (size > 1)
        {
            _il.Emit(OpCodes.Ldc_I4, size);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Mul);
        }

        _il.Emit(OpCodes.Add);
        if (vector > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, vector * _code.Count * size);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
        }
    }

    private void Operand(int place, int vector)
    {
        if (_program.IsConstant(place))
        {
            _code.Constant(_il, _program.Micros[place].Detail);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _locals[new MicroStep(place, _program.IsInvariant(place) ? 0 : vector)]);
        }
    }

    private void Guard(MicroStep step)
    {
        if (_holds is null)
        {
            _holds = _il.DeclareLocal(_code.Vector);
            Operand(step.Micro, step.Vector);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, _holds);
            Operand(step.Micro, step.Vector);
            _code.And(_il);
        }

        _il.Emit(OpCodes.Stloc, _holds);
    }

    private void Test(Label failed)
    {
        if (_holds is not null)
        {
            _il.Emit(OpCodes.Ldloc, _holds);
            _code.BranchUnlessAll(_il, failed);
            _holds = null;
        }
    }

    // To the accumulator whose turn it is.
    private void Accumulate(MicroStore store, int vector)
    {
        Address();
        _code.Call(_il, new Micro(MicroOp.Add, 0, 1), operand =>
        {
            if (operand == 0)
            {
                Address();
                _code.Load(_il);
            }
            else
            {
                Operand(store.Source, vector);
            }
        });
        _code.Store(_il);

        void Address()
        {
            _il.Emit(OpCodes.Ldloc, _pointers[store.Pointer]);
            _il.Emit(OpCodes.Ldloc, _index);
            _il.Emit(OpCodes.Ldarg_1);
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Ldc_I4, _code.ElementBytes);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Mul);
            _il.Emit(OpCodes.Ldc_I4, (store.Turns * _code.Bytes) - 1);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.And);
            _il.Emit(OpCodes.Add);
            _il.Emit(OpCodes.Ldc_I4, vector * _code.Bytes);
            _il.Emit(OpCodes.Conv_I);
            _il.Emit(OpCodes.Add);
        }
    }

    private void Store()
    {
        foreach (var store in _program.Stores)
        {
            for (var u = 0; u < _interleave; u++)
            {
                if (store.Turns > 0)
                {
                    Accumulate(store, u);
                }
                else if (store.IsMask)
                {
                    Operand(store.Source, u);
                    Address(store.Pointer, u, isMask: true);
                    _code.StoreMask(_il);
                }
                else
                {
                    Address(store.Pointer, u, isMask: false);
                    Operand(store.Source, u);
                    _code.Store(_il);
                }
            }
        }
    }
}
