# The fits of InverseErfFunction: with w = -log(1 - x^2) the q of erfinv(x) = x*(sqrt(pi)/2 + w*q(w)) for w up to 5, and with
# s = sqrt(-log q) the quotient s - erfcinv(q) = n(s)/d(s) beyond (least squares linearised by the last denominator, weights after Lawson).
import sys
from mpmath import mp, mpf, sqrt, exp, erf, erfc, pi, expm1, log, matrix, lu_solve, cos
from remez import show, rnd
mp.dps = 50
def z_of(w):
    x = sqrt(-expm1(-w)); q = exp(-w)/(1 + x); s = sqrt(w)
    z = s*mpf('0.89') if s < 2 else s - (log(s) - mpf('0.12'))/(2*s)
    for _ in range(12):
        f = (erf(z) - x)*exp(z*z)*sqrt(pi)/2 if w < 1 else -log(erfc(z)/q)*erfc(z)*exp(z*z)*sqrt(pi)/2
        z -= f
        if abs(f) < mpf(10)**-48: break
    return z, x
def tail(q): return z_of(-log(q*(2-q)))[0]
def P(w):
    z, x = z_of(w)
    return (z/x - sqrt(pi)/2)/w
def Pw(w):
    z, x = z_of(w)
    return w*x/z
def rational(a, b, n, m, single, points=140, rounds=14):
    a, b = mpf(a), mpf(b)
    xs = [exp((log(a)+log(b))/2 - (log(b)-log(a))/2*cos(pi*(mpf(i)+mpf(1)/2)/points)) for i in range(points)]
    zs = [tail(exp(-s*s)) for s in xs]; g = [s-z for s, z in zip(xs, zs)]
    lawson = [mpf(1)]*points; den = [mpf(1)]*points; best = None
    for _ in range(rounds):
        size = n+1+m; A = matrix(size, size); B = matrix(size, 1)
        for s, z, v, l, d in zip(xs, zs, g, lawson, den):
            row = [s**k for k in range(n+1)] + [-v*s**k for k in range(1, m+1)]
            h = l/(z*d)**2
            for i in range(size):
                hi = h*row[i]; B[i] += hi*v
                for j in range(i, size): A[i, j] += hi*row[j]
        for i in range(size):
            for j in range(i): A[i, j] = A[j, i]
        c = lu_solve(A, B); N = [c[i] for i in range(n+1)]; D = [mpf(1)]+[c[n+1+i] for i in range(m)]
        den = [abs(sum(k*s**i for i, k in enumerate(D))) for s in xs]
        err = [abs(sum(k*s**i for i, k in enumerate(N))/sum(k*s**i for i, k in enumerate(D)) - v)/z for s, z, v in zip(xs, zs, g)]
        mx = max(err)
        if best is None or mx < best[0]: best = (mx, N, D)
        lawson = [l*(e/mx + mpf('0.001')) for l, e in zip(lawson, err)]; t = sum(lawson)/points; lawson = [l/t for l in lawson]
    mx, N, D = best
    N = [rnd(c, single) for c in N]; D = [rnd(c, single) for c in D]
    err = max(abs(sum(k*s**i for i, k in enumerate(N))/sum(k*s**i for i, k in enumerate(D)) - v)/z for s, z, v in zip(xs, zs, g))
    print('quotient', 'single' if single else 'double', n, m, 'on', float(a), float(b), 'fit 2^%.1f rounded 2^%.1f' % (float(log(mx, 2)), float(log(err, 2))))
    print('    n', ', '.join(repr(float(c)) for c in N)); print('    d', ', '.join(repr(float(c)) for c in D), flush=True)
if __name__ == '__main__':
    jobs = eval(sys.argv[1]) if len(sys.argv) > 1 else [('q', 5, 21, False), ('q', 5, 8, True), ('g', '2.38', '27.3', 9, 10, False), ('g', '2.38', '10.2', 4, 4, True)]
    for job in jobs:
        # In t = w - b/2.
        if job[0] == 'q': b = mpf(job[1]); show('q', lambda t: P(t+b/2), lambda t: Pw(t+b/2), -b/2+mpf('1e-12'), b/2, job[2], job[3])
        else: rational(*job[1:])
