# Minimax polynomials by Remez's exchange, coefficients rounded one after the other (lowest first, the rest fitted anew).
from mpmath import mp, mpf, matrix, lu_solve, cos, pi
import struct
mp.dps = 60
def rnd(x, single):
    x = float(x)
    return mpf(struct.unpack('f', struct.pack('f', x))[0]) if single else mpf(x)
def remez(f, w, a, b, powers, grid=601, iters=25):
    """min max w(x)|f(x) - sum c_k x^powers[k]| on [a, b]; f and w tabulated on a Chebyshev grid."""
    n = len(powers)
    xs = [(a+b)/2 - (b-a)/2*cos(pi*i/grid) for i in range(grid+1)]
    fs = [f(x) for x in xs]; ws = [w(x) for x in xs]
    pw = [[x**p for p in powers] for x in xs]
    return remez_tab(xs, fs, ws, pw, n, iters)
def remez_tab(xs, fs, ws, pw, n, iters=25):
    m = len(xs)-1
    ref = [round(m*(1-float(cos(pi*mpf(i)/n)))/2) for i in range(n+1)]
    for i in range(1, n+1):
        if ref[i] <= ref[i-1]: ref[i] = ref[i-1]+1
    best = None
    for _ in range(iters):
        A = matrix(n+1, n+1); B = matrix(n+1, 1)
        for r, i in enumerate(ref):
            for k in range(n): A[r, k] = pw[i][k]
            A[r, n] = (-1)**r / ws[i]; B[r] = fs[i]
        sol = lu_solve(A, B)
        c = [sol[k] for k in range(n)]; e = abs(sol[n])
        err = [ws[i]*(fs[i]-sum(ck*p for ck, p in zip(c, pw[i]))) for i in range(m+1)]
        mx = max(abs(x) for x in err)
        if best is None or mx < best[0]: best = (mx, c)
        if mx <= e*mpf('1.02'): break
        # extrema of alternating sign
        ext = []
        i = 0
        while i <= m:
            s = err[i] >= 0; j = i; top = i
            while j <= m and (err[j] >= 0) == s:
                if abs(err[j]) > abs(err[top]): top = j
                j += 1
            ext.append(top); i = j
        while len(ext) > n+1:
            if len(ext) == n+2:
                if abs(err[ext[0]]) < abs(err[ext[-1]]): ext.pop(0)
                else: ext.pop()
            else:
                k = min(range(len(ext)-1), key=lambda q: min(abs(err[ext[q]]), abs(err[ext[q+1]])))
                if k == 0: ext.pop(0)
                elif k == len(ext)-2: ext.pop()
                else: del ext[k:k+2]
        if len(ext) < n+1: break
        ref = ext
    return best
def fit(f, w, a, b, powers, single=False, grid=601):
    a, b = mpf(a), mpf(b)
    # Open at the ends, so that no weight is zero.
    xs = [(a+b)/2 - (b-a)/2*cos(pi*(mpf(i)+mpf(1)/2)/(grid+1)) for i in range(grid+1)]
    fs = [f(x) for x in xs]; ws = [w(x) for x in xs]
    pw = [[x**p for p in powers] for x in xs]
    n = len(powers)
    first, c = remez_tab(xs, fs, ws, pw, n, 25)
    out = []
    # The residual of the minimax fit is what the refits keep: they only undo each rounding.
    res = [mpf(0) for _ in xs]
    step = max(1, grid//(4*n))
    rows = range(0, grid+1, step)
    cur = list(c)
    for k in range(n):
        ck = rnd(cur[k], single); out.append(ck)
        d = cur[k]-ck
        if k+1 < n and d != 0:
            # least squares of d*x^p_k by the remaining powers
            m = n-k-1
            A = matrix(m, m); B = matrix(m, 1)
            for r in rows:
                wr = ws[r]*ws[r]; t = d*pw[r][k]
                for i in range(m):
                    wi = wr*pw[r][k+1+i]
                    B[i] += wi*t
                    for j in range(i, m): A[i, j] += wi*pw[r][k+1+j]
            for i in range(m):
                for j in range(i): A[i, j] = A[j, i]
            sol = lu_solve(A, B)
            for i in range(m): cur[k+1+i] += sol[i]
    err = max(abs(wi*(v-sum(ck*p for ck, p in zip(out, row)))) for wi, v, row in zip(ws, fs, pw))
    return out, first, err
def show(name, f, w, a, b, n, single):
    c, e, r = fit(f, w, a, b, list(range(n+1)), single)
    from mpmath import log
    print(name, 'single' if single else 'double', 'degree', n, 'minimax 2^%.1f rounded 2^%.1f' % (float(log(e,2)), float(log(r,2))))
    print('   ', ', '.join(repr(float(x)) for x in c), flush=True)
