"""The noise of a seed: Threefry-2x32-20 (Salmon et al. 2011), u = (2k + 1)/2^53, g = −log(−log u)."""

from mpmath import log, mpf

WORD = 2**32


def threefry(key, counter):
    keys = [*key, key[0] ^ key[1] ^ 0x1BD11BDA]
    x, y = ((c + k) % WORD for c, k in zip(counter, key))
    for r in range(20):
        x = (x + y) % WORD
        turn = (13, 15, 26, 6, 17, 29, 16, 24)[r % 8]
        y = ((y << turn) | (y >> (32 - turn))) % WORD ^ x
        if r % 4 == 3:
            n = r // 4 + 1
            x, y = (x + keys[n % 3]) % WORD, (y + keys[(n + 1) % 3] + n) % WORD
    return x, y


def uniform(seed, stream, index):
    high, low = threefry((seed % WORD, (seed >> 32) % WORD), (index, stream))
    return mpf(2 * (((high << 32) | low) >> 12) + 1) / 2**53


def gumbel(seed, stream, index):
    return -log(-log(uniform(seed, stream, index)))
