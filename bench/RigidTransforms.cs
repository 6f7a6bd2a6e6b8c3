using System.Runtime.CompilerServices;
using Grad.Functional;
using Grad.Simd;
using static Grad.Functional.NDMath;

namespace Bench;

/// <summary>
/// What do a squared distance of n points, each moved by a rigid transform of its own, and its gradient cost, by the three angles and the shift of each?
/// The rotations are products of 3x3 matrices, in a batch.
/// </summary>
public class RigidTransforms : ValueAndGradient<(NDArray<double> Angles, NDArray<double> Shifts), double>
{
    private NDArray<double> _points = 0.0, _targets = 0.0;

    private protected override int[] AskedSizes => [1_000, 100_000];

    protected override string TorchName => "rigid_transforms";

    protected override (NDArray<double> Angles, NDArray<double> Shifts) Draw(int n)
    {
        _points = new RandomKey(1).Normal<double>(n, 3);
        _targets = new RandomKey(2).Normal<double>(n, 3);
        return ((new RandomKey(3).Uniform<double>(n, 3) * 6) - 3, new RandomKey(4).Normal<double>(n, 3));
    }

    protected override NDArray<double> Function((NDArray<double> Angles, NDArray<double> Shifts) motion)
    {
        var (angles, shifts) = motion;
        var n = angles.Shape[0];
        NDArray<double> one = NDArray.Ones<double>(n), none = NDArray.Zeros<double>(n);
        NDArray<double> Matrix(params ReadOnlySpan<NDArray<double>> elements) => Stack(elements, axis: 1).Reshape(n, 3, 3);
        var (sx, cx) = (Sin(angles[.., 0]), Cos(angles[.., 0]));
        var (sy, cy) = (Sin(angles[.., 1]), Cos(angles[.., 1]));
        var (sz, cz) = (Sin(angles[.., 2]), Cos(angles[.., 2]));
        var aboutX = Matrix(one, none, none, none, cx, -sx, none, sx, cx);
        var aboutY = Matrix(cy, none, sy, none, one, none, -sy, none, cy);
        var aboutZ = Matrix(cz, -sz, none, sz, cz, none, none, none, one);
        var rotation = MatMul(MatMul(aboutZ, aboutY), aboutX);
        var moved = MatMul(rotation, _points.ExpandDims(2)).Reshape(n, 3) + shifts;
        return Sum(Square(moved - _targets));
    }

    // Tile by tile: components side by side, a lane of samples at once, and back.
    protected override void ByHand(Arrays<double> inputs, Arrays<double> outputs)
    {
        var loop = new Loop(inputs[0], inputs[1], _points.AsSpan(), _targets.AsSpan(), outputs[1], outputs[2]);
        Lanes.Run(ref loop);
        outputs[0][0] = loop.Value;
    }

    private ref struct Loop(
        ReadOnlySpan<double> angles,
        ReadOnlySpan<double> shifts,
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> targets,
        Span<double> byAngles,
        Span<double> byShifts) : ILaneLoop
    {
        private const int Tile = 64;
        private readonly ReadOnlySpan<double> _angles = angles, _shifts = shifts, _points = points, _targets = targets;
        private readonly Span<double> _byAngles = byAngles, _byShifts = byShifts;

        public double Value { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IHardwareLane<V, double>
        {
            Span<double> tile = stackalloc double[18 * Tile];
            tile.Clear();
            V sum = default;
            for (var start = 0; start < _angles.Length / 3; start += Tile)
            {
                var count = Math.Min(Tile, (_angles.Length / 3) - start);
                if (count < Tile)
                {
                    // What stands beyond the last sample moves from the origin to the origin.
                    tile.Clear();
                }

                Apart(_angles.Slice(3 * start, 3 * count), tile[..(3 * Tile)]);
                Apart(_shifts.Slice(3 * start, 3 * count), tile[(3 * Tile)..(6 * Tile)]);
                Apart(_points.Slice(3 * start, 3 * count), tile[(6 * Tile)..(9 * Tile)]);
                Apart(_targets.Slice(3 * start, 3 * count), tile[(9 * Tile)..(12 * Tile)]);
                for (var i = 0; i < Tile; i += V.Count)
                {
                    sum += At<V>(tile[i..]);
                }

                Together(tile[(12 * Tile)..(15 * Tile)], _byAngles.Slice(3 * start, 3 * count));
                Together(tile[(15 * Tile)..], _byShifts.Slice(3 * start, 3 * count));
            }

            Value = V.Sum(sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V At<V>(Span<double> tile) where V : struct, IHardwareLane<V, double>
        {
            Lanes.SinCos(V.Load(in tile[0]), out var sx, out var cx);
            Lanes.SinCos(V.Load(in tile[Tile]), out var sy, out var cy);
            Lanes.SinCos(V.Load(in tile[2 * Tile]), out var sz, out var cz);
            V px = V.Load(in tile[6 * Tile]), py = V.Load(in tile[7 * Tile]), pz = V.Load(in tile[8 * Tile]);
            V y1 = cx * py - sx * pz, z1 = sx * py + cx * pz;
            V x2 = cy * px + sy * z1, z2 = cy * z1 - sy * px;
            V x3 = cz * x2 - sz * y1, y3 = sz * x2 + cz * y1;
            var ex = x3 + V.Load(in tile[3 * Tile]) - V.Load(in tile[9 * Tile]);
            var ey = y3 + V.Load(in tile[4 * Tile]) - V.Load(in tile[10 * Tile]);
            var ez = z2 + V.Load(in tile[5 * Tile]) - V.Load(in tile[11 * Tile]);
            V bx = ex + ex, by = ey + ey, bz = ez + ez;
            V.Store(bx, ref tile[15 * Tile]);
            V.Store(by, ref tile[16 * Tile]);
            V.Store(bz, ref tile[17 * Tile]);

            // Back through the rotations, each of which turns the slope by its angle into a right angle.
            V.Store(by * x3 - bx * y3, ref tile[14 * Tile]);
            V wx = cz * bx + sz * by, wy = cz * by - sz * bx;
            V.Store(wx * z2 - bz * x2, ref tile[13 * Tile]);
            var uz = sy * wx + cy * bz;
            V.Store(uz * y1 - wy * z1, ref tile[12 * Tile]);
            return ex * ex + ey * ey + ez * ez;
        }

        private static void Apart(ReadOnlySpan<double> rows, Span<double> columns)
        {
            for (var i = 0; i < rows.Length / 3; i++)
            {
                (columns[i], columns[Tile + i], columns[(2 * Tile) + i]) = (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]);
            }
        }

        private static void Together(ReadOnlySpan<double> columns, Span<double> rows)
        {
            for (var i = 0; i < rows.Length / 3; i++)
            {
                (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]) = (columns[i], columns[Tile + i], columns[(2 * Tile) + i]);
            }
        }
    }
}
