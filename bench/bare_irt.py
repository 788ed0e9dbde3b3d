"""The loop that one would write first to calibrate a test: nothing checked, nothing missing, one population.

What `bench/irt.py` is held against. Eight dichotomous items or three of five categories in a byte, 41 abilities from
−6 to 6, a step of Fisher scoring for all items, Anderson's acceleration until no parameter moves by more than 10⁻⁶.
Its answers are packed beforehand.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

NODES = np.linspace(-6, 6, 41)
SHARES = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()
THREADS, MEMORY, MOST = 2, 6, 500


class Bare:
    def __init__(self, codes: NDArray[np.int8], model: str) -> None:
        self.model, self.items, self.categories = model, codes.shape[1], int(codes.max()) + 1
        self.each = int(np.log(256) / np.log(self.categories) + 1e-9)
        self.n_bytes = -(-self.items // self.each)
        self.shares = np.array([(codes == k).mean(axis=0) for k in range(self.categories)]).T
        self.patterns = np.zeros((len(codes), self.n_bytes), np.uint8)
        for item in range(self.n_bytes * self.each):
            byte = self.patterns[:, item // self.each]
            byte *= np.uint8(self.categories)
            if item < self.items:
                byte += codes[:, item].view(np.uint8)

    def calibrate(self, tolerance: float = 1e-6) -> tuple[Floats, int]:
        """Parameters, shape (J, p): slope, intercepts, logit of the lower asymptote; and how many cycles it took."""
        point = self.start()
        points: list[Floats] = []
        images: list[Floats] = []
        best, safe = -np.inf, point
        for cycle in range(MOST):
            chance, slopes = self.chances(point)
            counts, height = self.expected(chance)
            if points and not height >= best - 1:
                points, images, point = [], [], safe
                continue
            best, safe = max(best, height), point + step(counts, chance, slopes)
            if np.abs(safe - point).max() < tolerance:
                return safe, cycle + 1
            points, images = [*points[-MEMORY:], point], [*images[-MEMORY:], safe]
            point = ahead(np.array(points), np.array(images)) if len(points) > 1 else safe
        return safe, MOST

    def start(self) -> Floats:
        shares = np.maximum(self.shares, 0.01)
        if self.model == "gpcm":
            return np.column_stack((np.full(self.items, 0.6), np.log(shares[:, 1:] / shares[:, :1])))
        reached = np.clip(np.cumsum(shares[:, ::-1], axis=1)[:, -2::-1], 0.01, 0.99)
        logits = 1.2 * np.log(reached / (1 - reached))
        more = [np.full(self.items, -1.5)] if self.model == "3pl" else []
        return np.column_stack((np.ones(self.items), logits, *more))

    def chances(self, point: Floats) -> tuple[Floats, Floats]:
        """Shapes (J, K, Q) and (J, K, Q, p): chances and their derivatives."""
        if self.model == "gpcm":
            return partial(point)
        return graded(point) if self.model == "grm" else guessed(point, has_lower=self.model == "3pl")

    def expected(self, chance: Floats) -> tuple[Floats, float]:
        """Shape (J, K, Q): persons in each category, and the log-likelihood."""
        whole = np.ones((self.n_bytes * self.each, self.categories, len(NODES)))
        whole[: self.items] = chance
        size = self.categories**self.each
        likely, scale = np.empty((self.n_bytes, size, len(NODES))), np.empty((self.n_bytes, size))
        fill(whole, self.each, likely, scale)
        summed = np.zeros((THREADS, *likely.shape))
        height = add(self.patterns, likely, scale, SHARES, summed)
        counts = np.zeros_like(whole)
        fold(summed, self.each, counts)
        return counts[: self.items], height


def guessed(point: Floats, *, has_lower: bool) -> tuple[Floats, Floats]:
    right = 1 / (1 + np.exp(-(point[:, :1] * NODES + point[:, 1:2])))
    lower = 1 / (1 + np.exp(-point[:, 2:])) if has_lower else 0.0
    chance, rising = lower + (1 - lower) * right, (1 - lower) * right * (1 - right)
    by = [rising * NODES, rising] + ([lower * (1 - lower) * (1 - right)] if has_lower else [])
    slopes = np.stack(by, axis=2)
    return np.stack((1 - chance, chance), axis=1), np.stack((-slopes, slopes), axis=1)


def graded(point: Floats) -> tuple[Floats, Floats]:
    reached = 1 / (1 + np.exp(-(point[:, :1, None] * NODES + point[:, 1:, None])))
    rising = np.pad(reached * (1 - reached), ((0, 0), (1, 1), (0, 0)))
    edge = np.ones((len(point), 1, len(NODES)))
    whole = np.concatenate((edge, reached, 0 * edge), axis=1)
    slopes = np.zeros((*rising[:, 1:].shape, point.shape[1]))
    slopes[..., 0] = (rising[:, :-1] - rising[:, 1:]) * NODES
    for k in range(1, point.shape[1]):
        slopes[:, k, :, k], slopes[:, k - 1, :, k] = rising[:, k], -rising[:, k]
    return np.maximum(whole[:, :-1] - whole[:, 1:], 1e-12), slopes


def partial(point: Floats) -> tuple[Floats, Floats]:
    counted = np.arange(point.shape[1])[:, None]
    logits = point[:, :1, None] * counted * NODES
    logits[:, 1:] += point[:, 1:, None]
    chance = np.exp(logits - logits.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    slopes = np.empty((*chance.shape, point.shape[1]))
    slopes[..., 0] = chance * (counted - (chance * counted).sum(axis=1, keepdims=True)) * NODES
    for k in range(1, point.shape[1]):
        slopes[..., k] = -chance * chance[:, k : k + 1]
        slopes[:, k, :, k] += chance[:, k]
    return chance, slopes


def step(counts: Floats, chance: Floats, slopes: Floats) -> Floats:
    """Fisher scoring for every item at once."""
    gradient = ((counts / chance)[..., None] * slopes).sum(axis=(1, 2))
    root = slopes * np.sqrt(counts.sum(axis=1, keepdims=True) / chance)[..., None]
    information = np.einsum("jkqp,jkqr->jpr", root, root)
    # An asymptote that wants to be 0 has a logit that nothing holds.
    information += 1e-9 * counts[0].sum() * np.eye(information.shape[1])
    found: Floats = np.linalg.solve(information, gradient[..., None])[..., 0]
    return np.clip(found, -0.5, 0.5)


def ahead(points: Floats, images: Floats) -> Floats:
    """Anderson's next point; a few numbers to solve, because threads of BLAS would stay awake beside the loop's."""
    flat = images.reshape(len(images), -1)
    steps = flat - points.reshape(flat.shape)
    moved, turned = np.diff(flat, axis=0), np.diff(steps, axis=0)
    length = np.sqrt((turned**2).sum(axis=1))
    turned, moved = turned / length[:, None], moved / length[:, None]
    square = (turned[:, None] * turned).sum(axis=2)
    weight = np.linalg.lstsq(square, (turned * steps[-1]).sum(axis=1), rcond=1e-13)[0]
    found: Floats = (flat[-1] - (weight[:, None] * moved).sum(axis=0)).reshape(points[-1].shape)
    return found


@numba.njit(parallel=True, fastmath=True)
def fill(chance: Floats, each: int, likely: Floats, scale: Floats) -> None:
    categories, nodes = chance.shape[1], chance.shape[2]
    for byte in numba.prange(len(likely)):
        likely[byte, 0] = 1.0
        size = 1
        for item in range(byte * each, byte * each + each):
            for pattern in range(size * categories - 1, -1, -1):
                for q in range(nodes):
                    own = chance[item, pattern % categories, q]
                    likely[byte, pattern, q] = likely[byte, pattern // categories, q] * own
            size *= categories
        for pattern in range(size):
            largest = likely[byte, pattern].max()
            scale[byte, pattern] = np.log(largest)
            likely[byte, pattern] *= 1 / largest


@numba.njit(parallel=True, fastmath=True)
def add(patterns: Bytes, likely: Floats, scale: Floats, shares: Floats, summed: Floats) -> float:
    persons, n_bytes = patterns.shape
    nodes, height = len(shares), 0.0
    for thread in numba.prange(len(summed)):
        posterior = np.empty(nodes)
        own = 0.0
        for row in range(persons * thread // len(summed), persons * (thread + 1) // len(summed)):
            posterior[:] = shares
            for byte in range(n_bytes):
                pattern = patterns[row, byte]
                own += scale[byte, pattern]
                for q in range(nodes):
                    posterior[q] *= likely[byte, pattern, q]
            total = 0.0
            for q in range(nodes):
                total += posterior[q]
            own += np.log(total)
            for q in range(nodes):
                posterior[q] *= 1 / total
            for byte in range(n_bytes):
                pattern = patterns[row, byte]
                for q in range(nodes):
                    summed[thread, byte, pattern, q] += posterior[q]
        height += own
    return height


@numba.njit(fastmath=True)
def fold(summed: Floats, each: int, counts: Floats) -> None:
    categories = counts.shape[1]
    for byte in range(summed.shape[1]):
        held = summed[0, byte]
        for thread in range(1, len(summed)):
            held += summed[thread, byte]
        size = len(held)
        for item in range(byte * each + each - 1, byte * each - 1, -1):
            size //= categories
            for pattern in range(size):
                first = pattern * categories
                for k in range(categories):
                    counts[item, k] += held[first + k]
                for k in range(1, categories):
                    held[first] += held[first + k]
                held[pattern] = held[first]
