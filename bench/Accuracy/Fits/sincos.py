# Coefficients of sine and cosine about multiples of pi/8: 1 + s p(s) of sin(r)/r and 1 + s q(s) of cos(r), s = r^2.
from remez import *
from mpmath import factorial
S = (pi/16*(1 + mpf(2)**-20))**2 # n rounds a little beyond its middle
def p(s): return sum((-1)**(k+1)*s**k/factorial(2*k+3) for k in range(14))
def q(s): return sum((-1)**(k+1)*s**k/factorial(2*k+2) for k in range(14))
def step(s, low, high):
    t = min(max((s-low)/(high-low), 0), 1)
    return t*t*(3-2*t)
# The table's sin(pi/8) is high by .18 of its last places and cos(pi/8) low by .16, so that near pi/16 their sum is high by .45 of the result's: q is
# to be low there, by a quarter of a place of numbers below 1, and closer to it.
unit = mpf(2)**-53
def late(s): return step(s, mpf('0.4')*S, S/2)
def low(s): return q(s) - late(s)/4*unit/s
def close(s): return s/(1 - mpf('0.65')*late(s))
show('p', p, lambda s: s, 0, S, 3, False)
c, e, r = fit(low, close, 0, S, [0, 1, 2, 3], False, 300)
print('q double degree 3, in places: minimax %.3f rounded %.3f' % (float(e/unit), float(r/unit)))
print('   ', ', '.join(repr(float(x)) for x in c))
show('p', p, lambda s: s, 0, S, 1, True)
show('q', q, lambda s: s, 0, S, 1, True)
