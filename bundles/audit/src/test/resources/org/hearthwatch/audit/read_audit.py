"""Verifies an exported audit log; written from docs/audit-format.md alone. Needs the openssl program (3.0 or newer).

usage: read_audit.py FOLDER [KEY OF THE FIRST ENTRY IN HEX]
"""
import base64, hashlib, hmac, json, os, re, subprocess, sys, tempfile

KEYS = ["v", "seq", "ts", "actor", "role", "src", "action", "object", "outcome", "reason", "prev", "mac"]
UNSAFE = (set(range(0x20)) | set(range(0x7F, 0xA0)) | {0x2028, 0x2029, 0xFEFF} | set(range(0x200B, 0x2010))
          | set(range(0x202A, 0x202F)) | set(range(0x2060, 0x2070)) | set(range(0xD800, 0xE000)))


def quoted(text):
    out = ""
    for c in text:
        out += "\\" + c if c in '"\\' else "\\u%04x" % ord(c) if ord(c) in UNSAFE else c
    return '"' + out + '"'


def canonical(entry):
    return "{" + ",".join('"%s":%s' % (k, quoted(v) if isinstance(v, str) else v) for k, v in entry.items()) + "}"


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return hashlib.sha256(b"\1" + root(leaves[:left]) + root(leaves[left:])).digest()


def signed(public, text, signature):
    spki = bytes.fromhex("302a300506032b6570032100") + public
    with tempfile.TemporaryDirectory() as d:
        for name, content in (("key", spki), ("text", text), ("signature", signature)):
            with open(os.path.join(d, name), "wb") as f:
                f.write(content)
        return subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text",
             "-sigfile", "signature"], cwd=d, capture_output=True).returncode == 0


def main(folder, first_key=None):
    name, key_id, key = open(os.path.join(folder, "verifier"), encoding="utf-8").read().strip().split("+", 2)
    typed = base64.b64decode(key)
    assert typed[0] == 1 and hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == key_id, "verifier"
    current = bytes.fromhex(first_key) if first_key else None
    leaves, heads = [], [hashlib.sha256(b"").hexdigest()]
    full = sorted(name for name in os.listdir(folder) if re.fullmatch(r"audit-[0-9]{12}\.jsonl", name))
    for name_of_file in full + ["audit.jsonl"]:
        with open(os.path.join(folder, name_of_file), "rb") as f:
            *lines, rest = f.read().split(b"\n")
        assert not rest, name_of_file + " ends within an entry"
        for line in lines:
            n = len(leaves)
            entry = json.loads(line)
            assert list(entry) == KEYS and canonical(entry).encode("utf-8", "surrogatepass") == line, "form of %d" % n
            assert entry["seq"] == n and entry["prev"] == heads[-1], "chain at %d" % n
            if current:
                front = line[:line.rindex(b',"mac":"') + len(b',"mac":"')]
                assert hmac.new(current, front, "sha256").hexdigest() == entry["mac"], "key of %d" % n
                current = hashlib.sha256(b"hearthwatch audit key v1" + current).digest()
            leaves.append(leaf(line))
            heads.append(hashlib.sha256(line).hexdigest())
        assert name_of_file not in full or int(name_of_file[6:18]) == len(leaves), "end of " + name_of_file
    notes = 0
    path = os.path.join(folder, "checkpoints")
    if os.path.exists(path):
        blocks = open(path, encoding="utf-8").read().strip().split("\n\n")
        for text, signature in zip(blocks[::2], blocks[1::2]):
            text += "\n"
            dash, who, keyed = signature.split(" ")
            keyed = base64.b64decode(keyed)
            assert dash == "\u2014" and who == name and keyed[:4].hex() == key_id, "signature line"
            assert signed(typed[1:], text.encode(), keyed[4:]), "signature"
            origin, size, tree, head, _ = text.strip().split("\n")
            assert origin == name and base64.b64decode(tree) == root(leaves[:int(size)]), "tree at " + size
            assert head == "head " + heads[int(size)], "head at " + size
            notes += 1
    print("%d entries, %d checkpoints" % (len(leaves), notes))


if __name__ == "__main__":
    main(*sys.argv[1:])
