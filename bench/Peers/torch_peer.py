"""The PyTorch rows: reads a workload a line, the name of a function here and its sizes, and answers with the nanoseconds of one call. One thread."""
import os
import sys
import time

# The library of matrices has threads of its own, which PyTorch's setting does not reach.
for library in "OPENBLAS", "OMP", "MKL":
    os.environ[library + "_NUM_THREADS"] = "1"

import torch

torch.set_num_threads(1)


def mlp():
    torch.manual_seed(0)
    images, labels = torch.rand(128, 784), torch.randint(0, 10, (128,))
    first, second = (torch.randn(784, 256) * 0.05).requires_grad_(), (torch.randn(256, 10) * 0.1).requires_grad_()
    bias, last = torch.zeros(256, requires_grad=True), torch.zeros(10, requires_grad=True)

    def run():
        hidden = torch.relu(torch.addmm(bias, images, first))
        loss = torch.nn.functional.cross_entropy(torch.addmm(last, hidden, second), labels)
        torch.autograd.grad(loss, (first, bias, second, last))

    return run


def softmax(rows, length):
    x = torch.rand(rows, length) * 6 - 3
    return lambda: torch.softmax(x, 1)


def log_softmax(rows, length):
    x = torch.rand(rows, length) * 6 - 3
    return lambda: torch.log_softmax(x, 1)


def notebook_gradient(n):
    torch.manual_seed(0)
    x = (torch.rand(n, dtype=torch.float64) * 2 - 1).requires_grad_()
    y = (torch.rand(n, dtype=torch.float64) * 2 - 1).requires_grad_()
    ones = torch.ones(n, dtype=torch.float64)

    def run():
        out = x * y + torch.sin(x * y ** 2)
        torch.autograd.grad(out, (x, y), grad_outputs=ones)

    return run


def notebook_jacobian(n):
    torch.manual_seed(0)
    p = (torch.rand(n, 2, dtype=torch.float64) * 2 - 1).requires_grad_()
    ones = torch.ones(n, dtype=torch.float64)

    def run():
        x, y = p[:, 0], p[:, 1]
        out = torch.stack([x * y, torch.sin(x + y ** 2), x ** 2 - 3 * y], dim=1)
        rows = [torch.autograd.grad(out[:, i], p, grad_outputs=ones, retain_graph=True)[0] for i in range(3)]
        torch.stack(rows, dim=1)

    return run


def sin_exp_gradient(n):
    x = (torch.rand(n) * 4 - 2).requires_grad_()

    def run():
        torch.autograd.grad((torch.sin(x) * torch.exp(-x * x)).sum(), x)

    return run


def chain():
    x = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)

    def run():
        y = x
        for _ in range(40):
            y = torch.exp(-(torch.sin(y) * x + x))
        torch.autograd.grad(y, x)

    return run


def value_and_gradient(f, *inputs):
    inputs = [x.requires_grad_() for x in inputs]

    def run():
        torch.autograd.grad(f(*inputs), inputs)

    return run


def uniform(n, low, high):
    return torch.rand(n, dtype=torch.float64) * (high - low) + low


def sin_exp(n):
    return value_and_gradient(lambda x: (torch.sin(1.3 * x + 0.2) * torch.exp(-x * x)).sum(), uniform(n, -2, 2))


def cheap_ops(n):
    def f(x, y):
        return (((((((x * y + x) * y - x + y) * x - y + x) * y - x + y) * x - y + x) * y) - x).sum()

    return value_and_gradient(f, uniform(n, 0.5, 1.5), uniform(n, 0.5, 1.5))


def transcendental_chain(n):
    def f(x):
        for _ in range(4):
            x = torch.cos(torch.tanh(torch.exp(torch.sin(x))))
        return x.sum()

    return value_and_gradient(f, uniform(n, 0.5, 1.5))


def softmax_cross_entropy(classes):
    labels = torch.randint(classes, (512,))
    return value_and_gradient(lambda z: torch.nn.functional.cross_entropy(z, labels), torch.rand(512, classes) * 6 - 3)


def gaussian_log_likelihood(n):
    data = torch.randn(n, dtype=torch.float64)

    def f(mean, log_deviation):
        return (-0.5 * ((data - mean) / torch.exp(log_deviation)) ** 2 - log_deviation - 0.9189385332046727).sum()

    return value_and_gradient(f, torch.tensor(0.1, dtype=torch.float64), torch.tensor(0.2, dtype=torch.float64))


def rosenbrock(n):
    return value_and_gradient(lambda x: (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum(), uniform(n, -2, 2))


def logistic_regression(n):
    data = torch.randn(n, 32, dtype=torch.float64)
    signs = torch.where(torch.rand(n) < 0.5, -1.0, 1.0).double()

    def f(w):
        return torch.nn.functional.softplus(-signs * (data @ w)).mean() + 0.005 * (w ** 2).sum()

    return value_and_gradient(f, torch.randn(32, dtype=torch.float64) * 0.3)


def kalman_filter(n):
    observations = torch.randn(n, dtype=torch.float64)
    identity = torch.eye(4, dtype=torch.float64)
    move = identity + 0.1 * torch.diag(torch.ones(3, dtype=torch.float64), 1)
    see = identity[:1]

    def f(log_noises):
        noises = torch.exp(log_noises)
        motion = noises[0] * identity
        mean, covariance, likelihood = torch.zeros(4, 1, dtype=torch.float64), identity, 0.0
        for observation in observations:
            mean = move @ mean
            covariance = move @ covariance @ move.T + motion
            error = observation - see @ mean
            spread = see @ covariance @ see.T + noises[1]
            gain = covariance @ see.T / spread
            mean = mean + gain * error
            covariance = (identity - gain * see) @ covariance
            likelihood = likelihood - 0.5 * (1.8378770664093453 + (torch.log(spread) + error ** 2 / spread).sum())
        return likelihood

    return value_and_gradient(f, torch.tensor([-1.0, 0.5], dtype=torch.float64))


def huber_regression(n):
    x = uniform(n, 0, 1)
    y = 2 * x + 1 + 0.6 * torch.randn(n, dtype=torch.float64)

    def f(slope, intercept):
        residual = slope * x + intercept - y
        size = residual.abs()
        return torch.where(size <= 0.5, 0.5 * residual ** 2, 0.5 * (size - 0.25)).mean()

    return value_and_gradient(f, torch.tensor(1.8, dtype=torch.float64), torch.tensor(1.1, dtype=torch.float64))


def log_sum_exp_pooling(n):
    target = uniform(n * 16, 0, 1).reshape(n, 16)
    return value_and_gradient(
        lambda x: ((torch.logsumexp(2.5 * x, dim=1) / 2.5 - target) ** 2).mean(), torch.randn(n, 8, 16, dtype=torch.float64))


def black_scholes(n):
    strike = uniform(n, 50, 150)
    market = [x.requires_grad_() for x in (uniform(n, 80, 120), uniform(n, 0.1, 0.6), uniform(n, 0.1, 2), uniform(n, 0, 0.05))]
    ones = torch.ones(n, dtype=torch.float64)

    def normal_cdf(x):
        return 0.5 * torch.erfc(x * -0.7071067811865476)

    def run():
        spot, volatility, time_left, rate = market
        deviation = volatility * torch.sqrt(time_left)
        d1 = (torch.log(spot / strike) + (rate + 0.5 * volatility ** 2) * time_left) / deviation
        price = spot * normal_cdf(d1) - strike * torch.exp(-rate * time_left) * normal_cdf(d1 - deviation)
        torch.autograd.grad(price, market, grad_outputs=ones)

    return run


def scalar_program(n):
    rows = [(max(0, k - 1 - k % 8), max(0, k - 1 - k * 7 % 50), k % 2, k % 10) for k in range(10, 10 + n // 2)]

    def f(x):
        values = list(x.unbind())
        for a, b, sign, factor in rows:
            values.append((values[a] + values[b] if sign else values[a] - values[b]) * values[factor])
        return values[-1]

    return value_and_gradient(f, uniform(10, 0.4, 0.5))


def long_chain(n):
    def f(x):
        y = x
        for _ in range(n // 2):
            y = y * x + x
        return y

    return value_and_gradient(f, torch.tensor(0.5, dtype=torch.float64))


def rigid_transforms(n):
    points, targets = torch.randn(n, 3, dtype=torch.float64), torch.randn(n, 3, dtype=torch.float64)
    one, none = torch.ones(n, dtype=torch.float64), torch.zeros(n, dtype=torch.float64)

    def matrix(*elements):
        return torch.stack(elements, dim=1).reshape(n, 3, 3)

    def f(angles, shifts):
        (sx, sy, sz), (cx, cy, cz) = torch.sin(angles).unbind(1), torch.cos(angles).unbind(1)
        about_x = matrix(one, none, none, none, cx, -sx, none, sx, cx)
        about_y = matrix(cy, none, sy, none, one, none, -sy, none, cy)
        about_z = matrix(cz, -sz, none, sz, cz, none, none, none, one)
        moved = (about_z @ about_y @ about_x @ points.unsqueeze(2)).squeeze(2) + shifts
        return ((moved - targets) ** 2).sum()

    return value_and_gradient(f, torch.rand(n, 3, dtype=torch.float64) * 6 - 3, torch.randn(n, 3, dtype=torch.float64))


ready = {}


def sample(workload):
    if workload not in ready:
        name, *sizes = workload.split()
        run = globals()[name](*map(int, sizes))
        calls, start = 0, time.perf_counter()
        while time.perf_counter() - start < 0.4:
            run()
            calls += 1
        ready[workload] = run, max(1, calls // 100)
    run, calls = ready[workload]
    start = time.perf_counter_ns()
    for _ in range(calls):
        run()
    return (time.perf_counter_ns() - start) / calls


print(torch.__version__, flush=True)
for line in sys.stdin:
    print(sample(line.strip()), flush=True)
