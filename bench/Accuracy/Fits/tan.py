# TanFunction: the polynomial of tan r = r + r^3*p(r^2), the parts of pi, and a/b near the tangents of the nodes, a and b exact.
from mpmath import mp, mpf, tan, pi, sqrt, floor, log, nint
from remez import show, rnd
def p(s): r = sqrt(s); return (tan(r)-r)/(r*s)
def w(s): r = sqrt(s); return s*r/tan(r)
limit = (pi/16 + mpf(7)/128 + mpf('0.0001'))**2
for single, degree in ((False, 6), (True, 2)):
    show('tan', p, w, mpf(0), limit, degree, single)
def short(x, bits):
    grid = mpf(2)**(int(floor(log(abs(x), 2)))-bits+1)
    return nint(x/grid)*grid
for single, bits, count in ((False, 33, 1), (True, 9, 2)):
    parts = [rnd(pi, single)]; parts.append(short(pi-parts[0], bits))
    for _ in range(count): parts.append(rnd(pi-sum(parts), single))
    print('pi', ', '.join(repr(float(x)) for x in parts))
# A convergent a/b, times a factor that makes b near a given number.
def double(t, b):
    old, new, y, best = (0, 1), (1, 0), t, None
    for _ in range(80):
        k = int(floor(y)); old, new = new, (k*new[0]+old[0], k*new[1]+old[1])
        if mpf(2)**32 < new[1] < mpf(2)**44:
            m = int(nint(b*mpf(2)**52/new[1]))
            if all(float(mpf(x*m)/2**52) == mpf(x*m)/2**52 for x in new): best = [mpf(x*m)/2**52 for x in new]
        y = 1/(y-k)
    return best
# Of floats near b that with the nearest quotient.
def single(t, b):
    pairs = ((rnd(t*x, True), x) for x in (rnd(b+mpf(m)/2**23, True) for m in range(-20000, 20000)))
    return min(pairs, key=lambda pair: abs(pair[0]/pair[1]/t-1))
for t, b in ((tan(pi/8-mpf(7)/128), mpf('1.853')), (tan(pi/8-mpf(3)/128), mpf('1.57'))):
    for x, y in (double(t, b), single(t, b)):
        print('a, b', repr(float(x)), repr(float(y)), 'off by 2^%.1f' % float(log(abs(x/y/t-1), 2)))
