# The fits of CbrtFunction: with r a guess of x^(-1/3) from the bit pattern of x, right to 4 bits, and e = 1 - x*r^3,
# x^(-1/3) = r*(1 + e*p(e)) and x^(1/3) = x*r^2*(1 + e*q(e)). Jobs: (power, degree, single, greatest e).
import sys
from mpmath import mpf
from remez import show
def job(power, n, single, most):
    power = mpf(power[0])/power[1]
    e = mpf(most)
    show('(1-e)^%s, e to %s' % (power, most), lambda v: ((1-v)**power - 1)/v if v != 0 else -power, lambda v: abs(v)/(1-v)**power, -e, e, n, single)
if __name__ == '__main__':
    jobs = [((-2, 3), 4, True, '0.1025'), ((-1, 3), 2, False, '0.1025'), ((-2, 3), 2, False, '4.5e-6')]
    for one in (eval(sys.argv[1]) if len(sys.argv) > 1 else jobs): job(*one)
