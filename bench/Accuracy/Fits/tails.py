# The tables of src/Grad.Simd/Math/*Pieces.cs: minimax polynomials of erf and of what is smooth in the normal distribution's tail, piece by piece.
#   python3 bench/Accuracy/Fits/tails.py ErfcPieces > src/Grad.Simd/Math/ErfcPieces.cs
import struct, sys
from mpmath import mp, mpf, erf, erfc, exp, log, sqrt, pi, cos, matrix, lu_solve
from remez import remez_tab, rnd
mp.dps = 50
EDGES = [mpf(x) for x in (1.75, 2.5, 3.5, 5, 7, 10, 14, 20, 28)]

def polynomial(f, a, b, powers, weight):
    """Coefficients of x^power, about zero, and the largest weighted error."""
    n, h = 200, max(abs(a), abs(b))
    mid, half = (a + b)/2, (b - a)/2
    xs = [mid - half*cos(pi*(mpf(i) + mpf(1)/2)/n) for i in range(n)]
    fs = [f(x) for x in xs]
    # In the middle's variable, in which the equations are well conditioned.
    e, c = remez_tab(xs, fs, [weight(x, v) for x, v in zip(xs, fs)], [[((x - mid)/half)**p for p in powers] for x in xs], len(powers), 15)
    return [ck/half**p for ck, p in zip(c, powers)], mid, e

def shifted(c, by):
    """The coefficients about mid + by."""
    c = list(c)
    for i in range(len(c) - 1):
        for k in range(len(c) - 2, i - 1, -1): c[k] += by*c[k + 1]
    return c

def about(c, mid, near, reach, single):
    """The coefficients about a number of few bits near there where the first is as good as exact."""
    best = None
    for k in range(-64, 65):
        center = mpf(round(near*1024))/1024 + mpf(k)*reach/64
        center = mpf(round(center*1024))/1024
        if center <= 0: continue
        d = shifted(c, center - mid)
        miss = abs(d[0] - rnd(d[0], single))/abs(d[0])
        if best is None or miss < best[0]: best = (miss, center, d)
    return best[1], best[2], best[0]

def tail(f, scale, offset, end, degree, single):
    columns = []
    for first, last in zip(EDGES, EDGES[1:]):
        a, b = max((first - offset)/scale, mpf(0)), min((last - offset)/scale, end)
        c, mid, e = polynomial(f, a, b, range(degree + 1), lambda x, v: 1/abs(v))
        # Near zero x less the center is not exact, but of a small center nearly so.
        near = mid if a > 0 else b/4
        center, c, miss = about(c, mid, near, (b - a)/16, single)
        columns.append(c + [center])
        print('[%.4f, %.4f]' % (a, b), 'center', center, 'error 2^%.1f, of the first 2^%.1f' % (log(e, 2), log(miss + mpf(2)**-90, 2)), file=sys.stderr)
    return columns

def errors(width, degree, single):
    columns = []
    for n in range(8):
        if n == 0:
            # x less than erf x, an odd polynomial.
            def less(x): return erf(x)/x - 1
            powers = range(0, degree, 2)
            b = width/2
            xs = [b*cos(pi*(mpf(i) + mpf(1)/2)/400) for i in range(200)]
            fs = [less(x) for x in xs]
            e, c = remez_tab(xs[::-1], fs[::-1], [1/(v + 1) for v in fs[::-1]], [[x**p for p in powers] for x in xs[::-1]], len(powers), 15)
            full = [mpf(0)]*(degree + 1)
            for ck, p in zip(c, powers): full[p + 1] = ck
            columns.append(full)
        else:
            # The width is one of whose first multiples erf is as good as a number.
            center = n*width
            c, mid, e = polynomial(erf, center - width/2, center + width/2, range(degree + 1), lambda x, v: 1/v)
            columns.append(shifted(c, center - mid))
        print(n, 'error 2^%.1f' % log(e, 2), 'first', float((columns[-1][0] - rnd(columns[-1][0], single))*2**(25 if single else 54)), file=sys.stderr)
    return columns

def write(name, summary, doubles, floats):
    def row(k, columns, single):
        text = ['%.9gf' % float(rnd(c[k], True)) if single else repr(float(c[k])) for c in columns]
        text = [x if x not in ('0f', '0.0', '-0.0') else '0' for x in text]
        if single:
            line = ', '.join(text) + ','
            return ['        ' + line]*2
        return ['        ' + ', '.join(text[:4]) + ',', '        ' + ', '.join(text[4:]) + ',']
    print('namespace Grad.Simd;\n')
    print('// Written by bench/Accuracy/Fits/tails.py.\n')
    print(summary)
    print('internal readonly struct %s : IEighths\n{' % name)
    print('    public static ReadOnlySpan<double> Doubles =>\n    [')
    for k in range(len(doubles[0])): print('\n'.join(row(k, doubles, False)))
    print('    ];\n\n    public static ReadOnlySpan<float> Floats =>\n    [')
    for k in range(len(floats[0])): print('\n'.join(row(k, floats, True)))
    print('    ];\n}')

def smooth(z): return exp(z*z)*erfc(z)
def normal(x): return exp(x*x/2)*erfc(x/sqrt(2))/2

if __name__ == '__main__':
    name = sys.argv[1]
    if name == 'ErfcPieces':
        write(name, '/// <summary><c>e^(z²)·erfc z</c> by half octaves: rows of coefficients, the lowest first, of z less a center, which the last row has.</summary>',
              tail(smooth, mpf('0.9615'), mpf('1.75'), mpf('27.3'), 16, False), tail(smooth, mpf('2.58'), mpf('1.75'), mpf('10.17'), 7, True))
    elif name == 'NormalPieces':
        write(name, '/// <summary><c>e^(x²/2)·Φ(−x)</c> by half octaves: rows of coefficients, the lowest first, of x less a center, which the last row has.</summary>',
              tail(normal, mpf('0.67988'), mpf('1.75'), mpf('38.6'), 16, False), tail(normal, mpf('1.82'), mpf('1.75'), mpf('14.42'), 7, True))
    elif name == 'ErfPieces':
        write(name, '/// <summary>\n/// erf about the multiples of a width: rows of coefficients, the lowest first, of the distance; about 0 of what erf has more than its argument.\n/// </summary>',
              errors(mpf(3247)/4096, 16, False), errors(mpf(67)/128, 7, True))
