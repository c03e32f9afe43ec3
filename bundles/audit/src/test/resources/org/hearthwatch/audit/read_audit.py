"""Verifies an exported audit log; written from docs/audit-format.md alone. Needs the openssl program (3.0 or newer), and the
age program for files that are encrypted.

usage: read_audit.py FOLDER [KEY OF THE FIRST ENTRY IN HEX [FILE WITH A KEY OF AGE]]
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


def content(path, age_key):
    if path.endswith(".age"):
        return subprocess.run(["age", "-d", "-i", age_key, path], check=True, capture_output=True).stdout
    with open(path, "rb") as f:
        return f.read()


def subtrees(leaves):
    found = []
    while leaves:
        size = 1 << (len(leaves).bit_length() - 1)
        found.append(root(leaves[:size]).hex())
        leaves = leaves[size:]
    return found


def check_end(path, leaves, head, anchors):
    expected = ["hearthwatch audit end v1", str(len(leaves)), head] + subtrees(leaves)
    expected += ["%d %s" % (anchors[name], name) for name in sorted(anchors)]
    assert open(path, encoding="utf-8").read() == "".join(line + "\n" for line in expected), "end in " + path


def main(folder, first_key=None, age_key=None):
    name, key_id, key = open(os.path.join(folder, "verifier"), encoding="utf-8").read().strip().split("+", 2)
    typed = base64.b64decode(key)
    assert typed[0] == 1 and hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() == key_id, "verifier"
    current = bytes.fromhex(first_key) if first_key else None
    leaves, heads, anchors = [], [hashlib.sha256(b"").hexdigest()], {}
    full = sorted(name for name in os.listdir(folder) if re.fullmatch(r"audit-[0-9]{12}\.jsonl(\.age)?", name))
    full = [name for name in full if not name.endswith(".age") or name[:-4] not in full]
    for name_of_file in full + ["audit.jsonl"]:
        *lines, rest = content(os.path.join(folder, name_of_file), age_key).split(b"\n")
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
            if entry["action"] == "anchor:raise" and entry["src"] == "appliance":
                anchors[entry["object"]] = max(int(entry["reason"]), anchors.get(entry["object"], 0))
        assert name_of_file not in full or int(name_of_file[6:18]) == len(leaves), "end of " + name_of_file
        if name_of_file.endswith(".age"):
            check_end(os.path.join(folder, name_of_file[:18] + ".jsonl.end"), leaves, heads[-1], anchors)
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
