"""Good neighbours, names, links, devices, archives."""

# ruff: noqa: E501, N806, RUF005, UP031 - a case is a line, and percent signs keep its braces as they are
# fmt: off

import io
import os
import socket
import stat
import tarfile
import zipfile

from tests.hostile.corpus import ACCEPT as A
from tests.hostile.corpus import MARK, PARA, article, item, rss
from tests.hostile.corpus import REJECT as R
from tests.hostile.corpus import WARN as W

# Each control tells news of its own. Told in the words of `PARA`, as the hostile inputs are, the controls would be copies
# of those and be merged into them, which is right and would prove nothing.
NEIGHBOURS = {
    "control0": ("Bridge closed to lorries", "Engineers found cracks in two pillars of the Osmer bridge on Friday. Lorries must take the valley road until the steel has been replaced. The work will cost 3 million crowns."),
    "control1": ("Ferry crew on strike", "The crew of the night ferry to Skarn stopped work on Thursday over unpaid hours. Passengers slept in the terminal. The shipping company offered talks for Monday morning."),
    "control2": ("School roof blown off", "A gale tore the roof from the primary school in Vellin during the holidays. Nobody was hurt. Lessons for 210 children move to the sports hall after the break."),
    "controlhtml": ("Council agrees budget", "Aldermen in Torhaven passed a budget of 48 million crowns late on Wednesday. Libraries stay open, while the fee for parking rises by a tenth. Two members voted against it."),
    "controlrss": ("River level falls", "The river Anse fell below the first alarm mark at noon. Volunteers began to clear sandbags from the market square. Insurers expect claims from about 90 cellars."),
}


def controls(c):
    """Good neighbours: whatever the hostile inputs do, these must be in the edition, whole."""
    def told(name):
        title, text = NEIGHBOURS[name]
        return title + " " + MARK % name, text, [MARK % name, text.split(". ")[0]]

    for k in range(3):
        title, text, contain = told("control%d" % k)
        c.add("controls/good-%d.txt" % k, "%s\n\n%s\n" % (title, text), "control", A, contain=contain)
    title, text, contain = told("controlhtml")
    c.add("controls/good.html", article("<p>%s</p>" % text + "<p>The mayor thanked everybody who had worked on it since the spring.</p>", title), "control", A, contain=contain)
    title, text, contain = told("controlrss")
    c.add("controls/good.xml", rss(item(title, desc=text, link="https://news.example/river")), "control", A, contain=contain)


def paths(c):
    def t(m):
        return "Path case MARKER-%s\n\n%s" % (m, PARA)

    for k, title in enumerate(["../../../../tmp/pwned", "/etc/cron.d/pwned", "..\\..\\windows\\pwned", "a/b/c", "con", "nul.txt", ".htaccess", "x" * 300, "a\0b", "~root/x", "$(touch pwned)", "`id`", "-rf", "..", ".", "%2e%2e%2fx",
                               "trailing. ", "name:stream", "\u2024\u2024/\u2215etc"]):
        c.add("titles/title-%02d.txt" % k, "%s\n\nTitle case MARKER-title%d. %s" % (title, k, PARA), "title %r becomes a file name" % title[:30], W if "\0" in title or len(title) > 200 else A,
              ["W_CONTROL_REMOVED", "W_TITLE_TRUNCATED"] if "\0" in title or len(title) > 200 else (), contain=["MARKER-title%d" % k])
    for k, name in enumerate(["-rf.txt", "--help.txt", "new\nline.txt", "quote'\".txt", "$(touch pwned).txt", "semi;colon.txt", "per%cent%s.txt", "{{7*7}}.txt", "<img src=x onerror=alert(1)>.txt", "\u202etxt.exe.txt",
                              "a" * 251 + ".txt", " leading space.txt", "trailing space .txt", "\x1b[31mred.txt", "CON.txt", "A-Case.txt", "a-case.txt", "caf\u00e9.txt", "cafe\u0301.txt"]):
        c.add("paths/" + name, t("path%d" % k), "file name %r" % name[:40], A, contain=["MARKER-path%d" % k], inert=True)
    raw = os.fsencode(os.path.join(c.folder, "paths")) + b"/latin1-\xe9\xff.txt"
    with open(raw, "wb") as f:
        f.write(t("rawname").encode())
    c.note("paths/latin1-\\xe9\\xff.txt", "file name that is not UTF-8 (report must still be valid JSON)", W, ["W_NAME_ESCAPED"], contain=["MARKER-rawname"])

    def link(rel, target, threat, expect, codes, **kw):
        p = c.path(rel)
        os.symlink(target, p)
        c.note(rel, threat, expect, codes, **kw)
    link("tree/loop-a.txt", "loop-b.txt", "symlink loop", R, ["E_SYMLINK_LOOP"])
    link("tree/loop-b.txt", "loop-a.txt", "symlink loop", R, ["E_SYMLINK_LOOP"])
    link("tree/self.txt", "self.txt", "symlink to itself", R, ["E_SYMLINK_LOOP"])
    link("tree/parent", "..", "directory link to its parent: endless walk", W, ["W_SYMLINK_SKIPPED"])
    link("tree/passwd.txt", "/etc/passwd", "link out of the source folder", R, ["E_OUTSIDE_ROOT"], absent=["root:x:0:0"])
    link("tree/canary.txt", "../../secrets/canary.txt", "link to a secret", R, ["E_OUTSIDE_ROOT"])
    link("tree/dangling.txt", "nowhere.txt", "dangling link", R, ["E_NOT_FOUND"])
    link("tree/zero-device.txt", "/dev/zero", "endless device", R, ["E_NOT_REGULAR", "E_OUTSIDE_ROOT"])
    link("tree/stdin.txt", "/proc/self/fd/0", "proc file", R, ["E_NOT_REGULAR", "E_OUTSIDE_ROOT"])
    link("tree/environ.txt", "/proc/self/environ", "environment", R, ["E_OUTSIDE_ROOT", "E_NOT_REGULAR"])
    os.mkfifo(c.path("tree/pipe.txt"))
    c.note("tree/pipe.txt", "named pipe: open() would hang for ever", R, ["E_NOT_REGULAR"], limits={"seconds": 2})
    s = socket.socket(socket.AF_UNIX)
    cwd = os.getcwd()
    os.chdir(os.path.join(c.folder, "tree"))
    try:
        s.bind("socket.txt")
    finally:
        os.chdir(cwd)
        s.close()
    c.note("tree/socket.txt", "unix socket", R, ["E_NOT_REGULAR"])
    os.makedirs(c.path("tree/directory.txt/x"), exist_ok=True)
    c.note("tree/directory.txt", "directory with a .txt name", R, ["E_NOT_REGULAR"])
    c.add("tree/no-permission.txt", t("perm"), "permission denied", R, ["E_PERMISSION"], skip_if="root")
    os.chmod(os.path.join(c.folder, "tree/no-permission.txt"), 0)
    os.makedirs(c.path("tree/no-entry/x"), exist_ok=True)
    with open(c.path("tree/no-entry/inside.txt"), "w", encoding="utf-8") as inside:
        inside.write(t("inside"))
    # The folder is named, not the file in it: what a folder that may not be listed holds, nobody can know.
    c.note("tree/no-entry", "directory without permission", R, ["E_PERMISSION"], skip_if="root")
    os.chmod(os.path.join(c.folder, "tree/no-entry"), 0)
    for n in (".DS_Store", "._apple.txt", "~$word.txt", "draft.txt~", ".hidden.txt", "Thumbs.db"):
        c.add("tree/" + n, b"\0\x05\x16\x07" + b"\0" * 60, "helper file of an editor or system", W, ["W_SKIPPED"])
    deep = "tree/" + "/".join("d%02d" % i for i in range(60)) + "/leaf.txt"
    c.add(deep, t("leaf"), "60 folders deep", A, contain=["MARKER-leaf"])


def archives(c):
    def zf(members, mode=zipfile.ZIP_DEFLATED):
        b = io.BytesIO()
        with zipfile.ZipFile(b, "w", mode) as z:
            for n, d, attr in members:
                i = zipfile.ZipInfo(n)
                i.compress_type, i.external_attr = mode, attr
                z.writestr(i, d)
        return b.getvalue()
    U = ["E_ARCHIVE_UNSAFE", "E_UNSUPPORTED"]
    c.add("archives/zip-slip.zip", zf([("../../pwned.txt", "x", 0), ("/abs/pwned.txt", "x", 0), ("..\\win.txt", "x", 0)]), "zip-slip", R, U, ref="CVE-2025-14009 CVE-2026-26064")
    c.add("archives/zip-symlink.zip", zf([("link", "/etc/passwd", (stat.S_IFLNK | 0o777) << 16), ("link/x.txt", "x", 0)]), "symlink member", R, U)
    c.add("archives/zip-bomb.zip", zf([("a.txt", b"\0" * 100_000_000, 0)]), "100 MB in 0.1 MB", R, U + ["E_TOO_LARGE"])
    c.add("archives/zip-many.zip", zf([("f%05d.txt" % i, "x", 0) for i in range(20000)], zipfile.ZIP_STORED), "20,000 members", R, U + ["E_TOO_LARGE"])
    b = io.BytesIO()
    with tarfile.open(fileobj=b, mode="w") as tf:
        i = tarfile.TarInfo("../../pwned.txt")
        i.size = 1
        tf.addfile(i, io.BytesIO(b"x"))
        i = tarfile.TarInfo("dev")
        i.type, i.devmajor, i.devminor = tarfile.CHRTYPE, 1, 5
        tf.addfile(i)
    c.add("archives/tar-slip.tar", b.getvalue(), "tar traversal and device node", R, U)
