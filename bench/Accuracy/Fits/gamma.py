# Coefficients of log-gamma, digamma and their reflections, all of them or jobs (kind, degree, single, interval): python3 gamma.py "[('H',17,False,'-0.5','0.5')]"
import sys
from remez import *
from mpmath import loggamma, psi, log, cot, sin, findroot, sqrt
x0 = findroot(lambda x: psi(0, x), mpf('1.4616321449683623'))
print('x0', x0, [float(x0), float(x0-mpf(float(x0)))], [float(rnd(x0,True)), float(rnd(x0-rnd(x0,True),True)), float(x0-rnd(x0,True)-rnd(x0-rnd(x0,True),True))])
half = mpf(1)/2
def G(v): return loggamma(2+v)/v if abs(v) > mpf(10)**-25 else psi(0, 2)
def C(z):
    if z == 0: return mpf(1)/12
    x = 1/sqrt(z); return (loggamma(x) - (x-half)*log(x) + x - log(2*pi)/2)*x
def Cw(z):
    if z == 0: return mpf(1)/100
    x = 1/sqrt(z); return 1/(x*max(loggamma(x),mpf('0.25')))
def R(t): return psi(0, x0+t)/t if abs(t) > mpf(10)**-25 else psi(1, x0)
def D(z):
    if z == 0: return mpf(1)/12
    x = 1/sqrt(z); return (log(x) - 1/(2*x) - psi(0,x))*x*x
def Dw(z):
    if z == 0: return mpf(1)/100
    x = 1/sqrt(z); return z/psi(0,x)
def K(w):
    if w == 0: return -pi**2/3
    r = sqrt(w); return (pi*r*cot(pi*r)-1)/w
def S(w):
    if w == 0: return -pi**2/6
    r = sqrt(w); return (sin(pi*r)/(pi*r)-1)/w
G0 = psi(0, 2); R0 = psi(1, x0)
print('g0', float(G0), float(G0-mpf(float(G0))), float(rnd(G0,True)), float(rnd(G0-rnd(G0,True),True)))
print('r0', float(R0), float(R0-mpf(float(R0))), float(rnd(R0,True)), float(rnd(R0-rnd(R0,True),True)))
def H(v): return (G(v)-G0)/v
def Q(t): return (R(t)-R0)/t

def run(job):
    kind, n, single, a, b = job
    f, w = {'H': (H, lambda v: abs(v/G(v))), 'Q': (Q, lambda t: abs(t/R(t))), 'G': (G, lambda v: 1/abs(G(v))), 'C': (C, Cw), 'R': (R, lambda t: 1/R(t)), 'D': (D, Dw), 'K': (K, lambda w: w), 'S': (S, lambda w: w)}[kind]
    show('%s [%s,%s]' % (kind, a, b), f, w, mpf(a), mpf(b), n, single)
if __name__ == '__main__':
    both = [('H', '-0.5', '0.5', 17, 7), ('C', '0', '0.16', 11, 4), ('Q', '-0.5', '0.5', 21, 9), ('D', '0', '0.1142', 10, 4), ('K', '0', '0.140625', 11, 5), ('S', '0', '0.25', 7, 4)]
    all_jobs = [(k, n, single, a, b) for k, a, b, double, float_ in both for n, single in ((double, False), (float_, True))]
    for job in (eval(sys.argv[1]) if len(sys.argv) > 1 else all_jobs): run(job)
