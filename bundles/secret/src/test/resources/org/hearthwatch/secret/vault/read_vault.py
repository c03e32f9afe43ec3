"""Opens a vault; written from docs/vault-format.md alone, with the standard library alone. Prints its records as JSON.

usage: read_vault.py VAULT (file KEYFILE | credential FILE | passphrase FILE | cards FILE WORDS)

Argon2id is not in Python's library, so slots with it are passed over; AES is slow this way, which does not matter here.
"""
import base64, hashlib, hmac, json, struct, sys, unicodedata

SBOX = []


def product(a, b):
    result = 0
    while b:
        if b & 1:
            result ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return result


def make_sbox():
    for x in range(256):
        inverse = next((y for y in range(256) if product(x, y) == 1), 0)
        value = 0x63
        for shift in range(5):
            value ^= (inverse << shift | inverse >> (8 - shift)) & 0xFF
        SBOX.append(value)


make_sbox()
TWO = [product(x, 2) for x in range(256)]
THREE = [product(x, 3) for x in range(256)]


class Aes:
    def __init__(self, key):
        words = [list(key[i:i + 4]) for i in range(0, 32, 4)]
        rcon = 1
        for i in range(8, 60):
            word = list(words[-1])
            if i % 8 == 0:
                word = [SBOX[b] for b in word[1:] + word[:1]]
                word[0] ^= rcon
                rcon = product(rcon, 2)
            elif i % 8 == 4:
                word = [SBOX[b] for b in word]
            words.append([a ^ b for a, b in zip(words[i - 8], word)])
        self.rounds = [sum(words[i:i + 4], []) for i in range(0, 60, 4)]

    def block(self, data):
        s = [a ^ b for a, b in zip(data, self.rounds[0])]
        for number, key in enumerate(self.rounds[1:], 1):
            s = [SBOX[s[(i + 4 * (i % 4)) % 16]] for i in range(16)]
            if number < 14:
                mixed = []
                for c in range(0, 16, 4):
                    a, b, d, e = s[c:c + 4]
                    mixed += [TWO[a] ^ THREE[b] ^ d ^ e, a ^ TWO[b] ^ THREE[d] ^ e,
                              a ^ b ^ TWO[d] ^ THREE[e], THREE[a] ^ b ^ d ^ TWO[e]]
                s = mixed
            s = [a ^ b for a, b in zip(s, key)]
        return bytes(s)


def gcm_open(key, nonce, sealed, bound):
    aes = Aes(key)
    text, tag = sealed[:-16], sealed[-16:]
    h = int.from_bytes(aes.block(bytes(16)), "big")
    # Products with every byte value in every place would be faster; a nibble table is enough.
    table = [[0] * 16 for _ in range(32)]
    shifted = h
    powers = []
    for _ in range(128):
        powers.append(shifted)
        shifted = shifted >> 1 ^ (0xE1 << 120 if shifted & 1 else 0)
    for place in range(32):
        for value in range(16):
            for bit in range(4):
                if value >> (3 - bit) & 1:
                    table[place][value] ^= powers[4 * place + bit]
    y = 0

    def absorb(data):
        nonlocal y
        for at in range(0, len(data), 16):
            y ^= int.from_bytes(data[at:at + 16].ljust(16, b"\0"), "big")
            z = 0
            for place in range(32):
                z ^= table[place][y >> (124 - 4 * place) & 15]
            y = z

    absorb(bound)
    absorb(text)
    absorb(struct.pack(">QQ", 8 * len(bound), 8 * len(text)))
    expected = bytes(a ^ b for a, b in zip(y.to_bytes(16, "big"), aes.block(nonce + b"\0\0\0\1")))
    assert hmac.compare_digest(expected, tag), "tag"
    plain = b""
    for at in range(0, len(text), 16):
        stream = aes.block(nonce + struct.pack(">I", 2 + at // 16))
        plain += bytes(a ^ b for a, b in zip(text[at:at + 16], stream))
    return plain


def xaes_open(key, nonce, sealed, bound):
    aes = Aes(key)
    mask = int.from_bytes(aes.block(bytes(16)), "big")
    mask = (mask << 1 ^ (0x87 if mask >> 127 else 0)) & (1 << 128) - 1
    derived = b""
    for counter in (1, 2):
        block = bytes([0, counter]) + b"X\0" + nonce[:12]
        derived += aes.block(bytes(a ^ b for a, b in zip(block, mask.to_bytes(16, "big"))))
    return gcm_open(derived, nonce[12:], sealed, bound)


def hkdf(secret, salt, info):
    key = hmac.new(salt, secret, "sha256").digest()
    return hmac.new(key, info.encode() + b"\1", "sha256").digest()


def x25519(k, u):
    p = 2 ** 255 - 19
    k = int.from_bytes(k, "little") & ~7 & (1 << 255) - 1 | 1 << 254
    u = int.from_bytes(u, "little") & (1 << 255) - 1
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb = d * a, c * b
        x3, z3 = (da + cb) ** 2 % p, u * (da - cb) ** 2 % p
        aa, bb = a * a % p, b * b % p
        x2, z2 = aa * bb % p, (aa - bb) * (aa + 121665 * (aa - bb)) % p
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


def from_cards(text, words):
    values = {word[:4]: i for i, word in enumerate(words)}
    shares = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        card = bytes(values[word[:4]] for word in line.split())
        assert len(card) == 41 and card[0] == 1, "card"
        assert hashlib.sha256(card[:37]).digest()[:4] == card[37:], "card's hash"
        threshold, shares[card[4]] = card[3], card[5:37]
    assert len(shares) >= threshold, "too few cards"
    key = bytes(32)
    for i, share in shares.items():
        weight = 1
        for j in shares:
            if i != j:
                inverse = next(y for y in range(256) if product(i ^ j, y) == 1)
                weight = product(weight, product(j, inverse))
        key = bytes(k ^ product(s, weight) for k, s in zip(key, share))
    return key


def slot_key(slot, kind, content, words):
    if slot["kind"] != {"cards": "shares"}.get(kind, kind):
        return None
    parameters = dict(word.split("=", 1) for word in slot["parameters"].split(" ") if "=" in word)
    salt = bytes.fromhex(parameters.get("salt", ""))
    if kind == "passphrase":
        if not slot["parameters"].startswith("pbkdf2-sha256 "):
            return None
        iterations = int(parameters["i"])
        assert 600_000 <= iterations <= 10_000_000, "iterations"
        text = unicodedata.normalize("NFKC", content.decode().strip()).encode()
        return hashlib.pbkdf2_hmac("sha256", text, salt, iterations)
    if kind == "file":
        content = bytes.fromhex(content.decode().strip())
    elif kind == "cards":
        content = from_cards(content.decode(), words)
    return hkdf(content, salt, "hearthwatch vault v1 " + slot["kind"])


def master_key(header, slot, key):
    vault = header["vault"]
    public, locked, share, master = (base64.b64decode(slot[name]) for name in ("public", "locked", "share", "master"))
    bound = "\n".join(["hearthwatch vault v1 slot", vault, str(slot["id"]), slot["kind"], slot["parameters"], public.hex()])
    plain = gcm_open(key, locked[:12], locked[12:], bound.encode())
    info = "hearthwatch vault v1 master %s %d" % (vault, slot["id"])
    return gcm_open(hkdf(x25519(plain[:32], share) + plain[32:], share + public, info), bytes(12), master, b"")


def main(path, kind, secret, words=None):
    file = open(path, "rb").read()
    assert file[:8] == b"HWVAULT1" and len(file) % 4096 == 0, "form"
    end = 12 + struct.unpack(">I", file[8:12])[0]
    header = json.loads(file[12:end])
    content = open(secret, "rb").read()
    listed = open(words).read().split("\n") if words else []
    keys = [(slot, slot_key(slot, kind, content, listed)) for slot in header["slots"]]
    slot, key = next(pair for pair in keys if pair[1])
    master = master_key(header, slot, key)
    salt = bytes.fromhex(header["vault"])
    mac = hmac.new(hkdf(master, salt, "hearthwatch vault v1 header"), file[:end], "sha256").digest()
    assert hmac.compare_digest(mac, file[end:end + 32]), "header's hash"
    front, nonce, sealed = file[:end + 32], file[end + 32:end + 56], file[end + 56:]
    body = xaes_open(hkdf(master, salt, "hearthwatch vault v1 body"), nonce, sealed, front)
    body = body[4:4 + struct.unpack(">I", body[:4])[0]]
    at = 0

    def take(form):
        nonlocal at
        values = struct.unpack_from(">" + form, body, at)
        at += struct.calcsize(">" + form)
        return values[0] if len(values) == 1 else values

    assert take("I") == 1, "version of the body"
    take("QQI")
    record_keys = dict(take("I32s") for _ in range(take("H")))
    for _ in range(take("H")):
        take("I32s")
    records = {}
    for _ in range(take("I")):
        name = take("%ds" % take("H")).decode("ascii")
        for _ in range(take("H")):
            number, _, term, record_nonce, length = take("IQI12sI")
            bound = "\n".join(["hearthwatch vault v1 record", header["vault"], name, str(number)])
            value = gcm_open(record_keys[term], record_nonce, take("%ds" % length), bound.encode())
            records["%s %d" % (name, number)] = value.decode("utf-8", "replace")
    assert at == len(body), "end of the body"
    print(json.dumps({"generation": header["generation"], "records": records}, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
