# LogFunction and LogBaseFunction: the polynomials on [-1/16, 1/8] and the tables by eighths of the mantissa (lists for one kind: python3 logarithms.py log10).
# With r = c*m - 1: log(1+r) = r + r^2*q(r), log2(1+r) = r + r*p(r), and with r = (c*m - 1)/2 also log10(1+2r) = r + r*p(r).
# Each entry is c, near the reciprocal of some number of its eighth, and -log c on a grid on which its sum with n*log(2) is exact. For log2 c is such that this is
# all of -log c; else c has few bits, and what the grid leaves of -log c, and of log(2), are further numbers.
import sys
from mpmath import mp, mpf, log, floor, nint
from remez import show, rnd
a, b = mpf(-1)/16, mpf(1)/8
def log1p(r): return log(1+r)
def q(r): return (log1p(r)-r)/(r*r) if r else -mpf(1)/2
kinds = {
    'log': (q, lambda r: abs(r*r/log1p(r)) if r else mpf(0), 1, mpf(1)),
    'log2': (lambda r: log(1+r, 2)/r-1, lambda r: abs(r/log(1+r, 2)), 1, log(2)),
    'log10': (lambda r: log(1+2*r, 10)/r-1, lambda r: abs(r/log(1+2*r, 10)), mpf(1)/2, log(10)),
}
# Of thirty-seconds, and with |r| up to 1/16 where r is not m - 1 or m/2 - 1: then r is exact.
reciprocals = [mpf(x) for x in (1, '0.84375', '0.75', '0.6875', '0.625', '0.59375', '0.5625', '0.5')]
centers = [mpf(x) for x in (1, '0.84375', '0.765625', '0.703125', '0.640625', '0.59375', '0.546875', '0.5')]
def exact(single):
    """c and -log2 c, a multiple of 2^-16 (2^-42)."""
    grid = mpf(2)**(16 if single else 42); cs = []; highs = []
    for center in centers:
        best = None
        for j in range(-2000, 2001) if center not in (1, mpf('0.5')) else [0]:
            h = (nint(-log(center, 2)*grid) + j)/grid
            if abs(h + log(center, 2)) > mpf(2)**-8: continue
            c = rnd(mpf(2)**-h, single); off = abs(log(c, 2)+h)
            if best is None or off < best[0]: best = (off, c, h)
        cs.append(best[1]); highs.append(best[2])
        print('    off by 2^%.1f' % float(log(best[0] or mpf(2)**-999, 2)))
    print('log2', 'single' if single else 'double')
    print('    c', ', '.join(repr(float(c)) for c in cs)); print('    high', ', '.join(repr(float(h)) for h in highs), flush=True)
def table(kind, single):
    if kind == 'log2': return exact(single)
    unit = kinds[kind][3]
    grid = mpf(2)**({'log': 17, 'log2': 16, 'log10': 17}[kind] if single else {'log': 42, 'log2': 42, 'log10': 43}[kind])
    step = log(2)/unit
    high = floor(step*grid)/grid
    print(kind, 'single' if single else 'double', 'log 2:', repr(float(high)), repr(float(rnd(step-high, single))))
    highs = [high if c == mpf('0.5') else nint(-log(c)/unit*grid)/grid for c in reciprocals]
    lows = [rnd(-log(c)/unit-h, single) for c, h in zip(reciprocals, highs)]
    print('    c', ', '.join(repr(float(c*kinds[kind][2])) for c in reciprocals))
    print('    high', ', '.join(repr(float(h)) for h in highs)); print('    low', ', '.join(repr(float(l)) for l in lows), flush=True)
if __name__ == '__main__':
    degrees = {'log': (9, 10, 3, 4), 'log2': (10, 11, 4, 5), 'log10': (10, 11, 4, 5)}
    for kind in sys.argv[1:] or kinds:
        f, w, scale, _ = kinds[kind]
        for single in (False, True):
            table(kind, single)
            for n in degrees[kind][2 if single else 0:4 if single else 2]:
                show(kind, f, w, a*scale, b*scale, n, single)
