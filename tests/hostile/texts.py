"""Text files: encodings, binaries, floods, controls, direction marks."""

# ruff: noqa: E501, N806, RUF005, UP031 - a case is a line, and percent signs keep its braces as they are
# fmt: off

import gzip
import io
import zipfile

from tests.hostile.bombs import png
from tests.hostile.corpus import ACCEPT as A
from tests.hostile.corpus import PARA, article, prose
from tests.hostile.corpus import REJECT as R
from tests.hostile.corpus import WARN as W


def encodings(c):
    t = "Caf\u00e9 owners \u201cworried\u201d about \u20ac5 tax \u2013 minister\n\n" + PARA * 3
    c.add("text/cp1252.txt", t.encode("cp1252"), "wrong encoding", W, ["W_ENCODING_GUESSED"],
          contain=["Caf\u00e9", "\u201cworried\u201d", "\u20ac5"], absent=["\ufffd"])
    c.add("text/latin1.txt", "Jos\u00e9 Mu\u00f1oz elected\n\n".encode("latin-1") + PARA.encode(), "wrong encoding", W,
          ["W_ENCODING_GUESSED"], contain=["Mu\u00f1oz"])
    c.add("text/utf16le-bom.txt", t.encode("utf-16"), "utf-16 with BOM", A, contain=["\u20ac5"])
    c.add("text/utf16be-nobom.txt", t.encode("utf-16-be"), "utf-16 without BOM", W, ["W_ENCODING_GUESSED"], contain=["\u20ac5"])
    c.add("text/utf32-bom.txt", t.encode("utf-32"), "utf-32 with BOM", A, contain=["\u20ac5"])
    c.add("text/utf8-bom.txt", b"\xef\xbb\xbf" + t.encode(), "BOM must not reach the title", A, contain=["Caf\u00e9"], absent=["\ufeff"])
    c.add("text/mojibake.txt", t.encode("utf-8").decode("cp1252", "replace").encode("utf-8"), "double-encoded text", W,
          ["W_MOJIBAKE"])
    c.add("text/invalid-utf8.txt", ("Flood warning MARKER-badutf8\n\n" + PARA).encode() + b"\xc3\x28\xa0\xa1\xe2\x28\xa1 tail MARKER-badtail.",
          "invalid bytes in the middle", W, ["W_ENCODING_REPLACED", "W_ENCODING_GUESSED"], contain=["MARKER-badutf8", "MARKER-badtail"])
    c.add("text/overlong-utf8.txt", ("Overlong MARKER-overlong\n\n" + PARA).encode() + b"\xc0\xaf\xe0\x80\xaf\xed\xa0\x80 end.",
          "overlong and surrogate bytes", W, ["W_ENCODING_REPLACED", "W_ENCODING_GUESSED"], contain=["MARKER-overlong"])
    c.add("text/truncated-utf8.txt", ("Truncated MARKER-trunc\n\n" + PARA).encode() + "\u20ac".encode()[:2], "file cut inside a character",
          W, ["W_ENCODING_REPLACED", "W_ENCODING_GUESSED"], contain=["MARKER-trunc"])
    c.add("text/mixed-encodings.txt", "R\u00e9sum\u00e9 MARKER-mixed. ".encode() + PARA.encode() + "\u201cna\u00efve\u201d".encode("cp1252"),
          "two encodings in one file", W, ["W_ENCODING_REPLACED", "W_ENCODING_GUESSED"], contain=["MARKER-mixed"])
    c.add("text/shift-jis.txt", ("\u6771\u4eac\u3067\u4f1a\u8b70\u304c\u958b\u304b\u308c\u305f\u3002" * 60).encode("shift_jis"), "legacy CJK encoding",
          W, ["W_ENCODING_GUESSED"], contain=["\u6771\u4eac"])
    c.add("text/gb18030.txt", ("\u5317\u4eac\u5e02\u653f\u5e9c\u5ba3\u5e03\u65b0\u8ba1\u5212\u3002" * 60).encode("gb18030"), "legacy CJK encoding", W,
          ["W_ENCODING_GUESSED"], contain=["\u5317\u4eac"])
    c.add("text/koi8-r.txt", ("\u041f\u0440\u0435\u0437\u0438\u0434\u0435\u043d\u0442 \u043f\u043e\u0434\u043f\u0438\u0441\u0430\u043b \u043d\u043e\u0432\u044b\u0439 \u0437\u0430\u043a\u043e\u043d. " * 60).encode("koi8-r"),
          "legacy Cyrillic", W, ["W_ENCODING_GUESSED"])
    c.add("text/utf7-script.txt", "+ADw-script+AD4-alert(1)+ADw-/script+AD4- is literal text. " + PARA, "utf-7 must never be guessed", A,
          contain=["+ADw-script"])
    c.add("html/charset-lies.html", article("<p>Caf\u00e9 \u201cquoted\u201d MARKER-lie</p>" + prose()).encode("cp1252"),
          "meta says utf-8, bytes are cp1252", W, ["W_ENCODING_GUESSED", "W_ENCODING_REPLACED"], contain=["MARKER-lie", "Caf\u00e9"])
    c.add("html/charset-unknown.html", article(prose() + "<p>MARKER-cs</p>").replace("charset=utf-8", "charset=x-klingon"),
          "unknown charset label", W, ["W_ENCODING_GUESSED"], contain=["MARKER-cs"])
    c.add("html/charset-utf7.html", article("<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4- MARKER-u7</p>" + prose()).replace("charset=utf-8", "charset=utf-7"),
          "declared utf-7 (XSS by charset)", W, ["W_ENCODING_GUESSED"], contain=["MARKER-u7"])


def binaries(c):
    rnd = c.rng.randbytes
    B = ["E_BINARY"]
    c.add("text/png-as.txt", png(64, 64), "binary under a .txt name", R, B)
    c.add("text/elf-as.txt", b"\x7fELF\x02\x01\x01" + rnd(4096), "binary under a .txt name", R, B)
    c.add("text/random-64k.txt", rnd(65536), "random bytes", R, B)
    c.add("text/gzip-as.txt", gzip.compress(PARA.encode() * 50, mtime=0), "compressed under a .txt name (never unpacked by guess)", R, B)
    c.add("html/pdf-as.html", b"%PDF-1.7\n" + rnd(2000) + b"\n%%EOF\n", "binary under a .html name", R, B)
    z = io.BytesIO()
    with zipfile.ZipFile(z, "w") as f:
        f.writestr(zipfile.ZipInfo("word/document.xml"), "<w/>")
    c.add("text/docx-as.txt", z.getvalue(), "zip under a .txt name", R, B)
    c.add("text/sqlite-as.txt", b"SQLite format 3\0" + rnd(4080), "database under a .txt name", R, B)
    c.add("text/all-nul.txt", b"\0" * 1048576, "all null bytes", R, B)
    E = ["E_EMPTY"]
    c.add("text/zero-byte.txt", b"", "empty file", R, E)
    c.add("html/zero-byte.html", b"", "empty file", R, E)
    c.add("feeds/zero-byte.xml", b"", "empty file", R, E + ["E_NOT_A_FEED"])
    c.add("text/whitespace-only.txt", b" \t\r\n\xc2\xa0" * 500, "only white space", R, E)
    c.add("text/bom-only.txt", b"\xef\xbb\xbf", "only a byte-order mark", R, E)
    c.add("text/invisible-only.txt", "\u200b\u200d\u2060\ufeff" * 400, "only invisible characters", R, E)
    c.add("html/no-text.html", article("<img src=x><hr>", ""), "page without text", R, E)
    c.add("text/nul-sprinkled.txt", ("Port strike\0 ends MARKER-nul\n\n" + PARA + "Deal\0 signed. " + PARA).encode(), "a few null bytes", W,
          ["W_CONTROL_REMOVED"], contain=["MARKER-nul"], absent=["\0"])
    c.add("text/ansi-escape.txt", "\x1b]0;pwned\x07\x1b[2J\x1b[31mRed title MARKER-ansi\x1b[0m\n\n" + PARA, "terminal control sequences (also in logs)", W,
          ["W_CONTROL_REMOVED"], contain=["MARKER-ansi"], absent=["\x1b", "\x07"])
    c.add("text/c0-c1-controls.txt", "Title MARKER-ctl\n\n" + "".join(map(chr, list(range(1, 9)) + list(range(14, 32)) + list(range(127, 160)))) + PARA,
          "characters that XML and PDF text forbid", W, ["W_CONTROL_REMOVED"], contain=["MARKER-ctl"])
    c.add("text/noncharacters.txt", "Title MARKER-nonchar\n\n\ufffe\uffff\U0001fffe\U0010ffff\ue000 " + PARA, "noncharacters and private use", W,
          ["W_CONTROL_REMOVED"], contain=["MARKER-nonchar"])
    c.add("text/cr-only.txt", ("Old Mac file MARKER-cr\r\r" + PARA).encode(), "CR line ends", A, contain=["MARKER-cr"])
    c.add("text/mixed-newlines.txt", "Mixed MARKER-nl\r\n\r" + PARA + "\x85" + PARA + "\u2028" + PARA + "\u2029" + PARA, "every line end", A, contain=["MARKER-nl"])
    c.add("text/dos-eof.txt", ("DOS file MARKER-eof\r\n\r\n" + PARA).encode() + b"\x1a", "Ctrl-Z at the end", A, contain=["MARKER-eof"], absent=["\x1a"])


def shapes(c):
    big = {"seconds": 20, "rss_mib": 1024}
    if c.big:
        with open(c.path("text/single-line-50mb.txt"), "wb") as f:
            for _ in range(50):
                f.write(b"word and more words " * 52429)
        c.note("text/single-line-50mb.txt", "50 MB in one line: refused by size, unread", R, ["E_TOO_LARGE"], limits={"seconds": 1, "rss_mib": 200})
        c.add("text/million-sentences.txt", "Title MARKER-million\n\n" + "It rained. Dogs ran. " * 500000, "one million sentences (10 MB)", W,
              ["W_SENTENCES_CAPPED"], contain=["MARKER-million"], limits=big)
        c.add("text/one-line-9mb.txt", "no stop here ever " * 500000, "9 MB without a sentence end", W, ["W_SENTENCES_CAPPED", "W_LONG_SENTENCE"], limits=big)
    p = c.path("text/sparse-1tb.txt")
    with open(p, "wb") as f:
        f.truncate(1 << 40)
    c.note("text/sparse-1tb.txt", "1 TiB sparse file: refused by size, unread", R, ["E_TOO_LARGE"], limits={"seconds": 1, "rss_mib": 200}, skip_if="filesystem-without-sparse")
    c.add("text/10k-sentences.txt", "Title MARKER-10k\n\n" + "".join("Sentence %d says that the thing number %d was seen. " % (i, i * 7) for i in range(10000)),
          "LexRank and LSA are O(n^2) or worse", W, ["W_SENTENCES_CAPPED"], contain=["MARKER-10k"], limits=big)
    c.add("text/200k-paragraphs.txt", "Title\n\n" + "Yes.\n\n" * 200000, "paragraph flood", W, ["W_SENTENCES_CAPPED"], limits=big)
    c.add("text/one-word-1mb.txt", "Title MARKER-word\n\n" + "a" * 1000000, "unbreakable word", W, ["W_LONG_SENTENCE", "W_LONG_WORD"], contain=["MARKER-word"])
    c.add("text/title-100kb.txt", "Very long title " * 6400 + "\n\n" + PARA, "huge title", W, ["W_TITLE_TRUNCATED"])
    c.add("text/zalgo-100k.txt", "Title MARKER-zalgo\n\nH" + "\u0301" * 100000 + "ello there. " + PARA,
          "combining marks: WeasyPrint layout is quadratic (30k took 9 s here)", W, ["W_COMBINING_CAPPED"], contain=["MARKER-zalgo"])
    c.add("text/zalgo-spread.txt", "Title\n\n" + "".join("w" + "\u0301" * 30 + "ord " for _ in range(5000)), "marks below a run limit, many times", W,
          ["W_COMBINING_CAPPED", "W_SENTENCES_CAPPED", "W_LONG_SENTENCE"])
    c.add("text/zero-width-100k.txt", "Title MARKER-zw\n\n" + "a\u200b\u00ad\u200d\u2060" * 25000 + ". " + PARA, "invisible flood", W,
          ["W_INVISIBLE_REMOVED"], contain=["MARKER-zw"])
    c.add("text/same-sentence-5000.txt", "Title MARKER-same\n\n" + "The cat sat on the mat here. " * 5000, "identical sentences (singular matrix)", W,
          ["W_SENTENCES_CAPPED", "W_REPEATED_TEXT"], contain=["MARKER-same"])
    c.add("text/no-terminators.txt", "Title MARKER-noterm\n\n" + "word " * 20000, "no sentence end", W, ["W_LONG_SENTENCE"], contain=["MARKER-noterm"])
    for name, body in {"dots": "." * 100000, "dot-space": ". " * 100000, "spaces": "a" + " " * 1000000 + "b", "tabs-newlines": "\t\n" * 200000,
                       "open-parens": "(" * 100000, "quotes": "\"'" * 60000, "initials": "A." * 60000, "decimals": "1." * 60000,
                       "hyphens": "a-" * 60000, "at-signs": "a@" * 60000, "urls": "http://" * 20000, "mails": "a.b@" + "c." * 30000,
                       "angle-open": "<" * 100000, "amps": "&" * 100000, "ellipsis": "Mr. Dr. e.g. " * 20000, "question": "?!" * 60000,
                       "urlish-dots": "www." * 30000, "underscores": "_*" * 60000, "digits-commas": "1," * 60000}.items():
        c.add("redos/%s.txt" % name, "Title MARKER-re-%s\n\n%s x. %s" % (name, body, PARA), "ReDoS or quadratic scan in cleaning and splitting", W,
              ["W_LONG_SENTENCE", "W_SENTENCES_CAPPED", "W_CONTROL_REMOVED", "W_WHITESPACE_COLLAPSED", "W_LONG_WORD", "W_REPEATED_TEXT"],
              contain=["MARKER-re-" + name], limits={"seconds": 5})
    c.add("text/all-caps.txt", "STORM HITS COAST MARKER-CAPS\n\nTHE PRESIDENT RESIGNED TODAY.\nMARKETS FELL SHARPLY.\nMORE TO COME.\n",
          "sumy drops upper-case lines as headings", A, contain=["THE PRESIDENT RESIGNED TODAY."])
    c.add("text/caps-line-inside.txt", "Cabinet\n\nThe vote passed.\nTHE PRIME MINISTER RESIGNED.\nMarkets fell.\n",
          "sumy drops upper-case lines as headings", A, contain=["THE PRIME MINISTER RESIGNED."])
    c.add("text/digits-only.txt", "Results MARKER-digits\n\n1 2 3. 4 5 6. 7 8 9.", "no words: empty matrix, zero division", W, ["W_NO_SUMMARY"], contain=["MARKER-digits"])
    c.add("text/emoji-only.txt", "\U0001f600. \U0001f600\U0001f600. \U0001f468\u200d\U0001f469\u200d\U0001f467.", "no words", W, ["W_NO_SUMMARY"])
    c.add("text/one-sentence.txt", "Only one sentence here MARKER-one.", "fewer sentences than asked for", A, contain=["MARKER-one"])
    c.add("text/cjk.txt", "\u6771\u4eac\u3067\u4f1a\u8b70\u304c\u958b\u304b\u308c\u305f\u3002\u5e02\u9577\u306f\u65b0\u3057\u3044\u6a4b\u3092\u767a\u8868\u3057\u305f\u3002\u4f4f\u6c11\u306f\u9a12\u97f3\u3092\u5fc3\u914d\u3057\u3066\u3044\u308b\u3002", "no spaces between words", A,
          contain=["\u6771\u4eac"])


def unicode_tricks(c):
    c.add("text/bidi-rlo-title.txt", "Invoice \u202egpj.exe MARKER-rlo\n\n" + PARA, "right-to-left override in a title", W, ["W_BIDI_REMOVED"],
          contain=["MARKER-rlo"], absent=["\u202e"])
    c.add("text/bidi-unbalanced.txt", "Bank \u2067\u2066\u202bopen MARKER-unbal\n\n" + "\u2067" * 1000 + PARA, "unbalanced isolates leak into the next article", W,
          ["W_BIDI_REMOVED"], contain=["MARKER-unbal"], absent=["\u202b"])
    c.add("text/bidi-legit-hebrew.txt", "\u05e8\u05d0\u05e9 \u05d4\u05de\u05de\u05e9\u05dc\u05d4 \u05d4\u05ea\u05e4\u05d8\u05e8 (BBC)\n\n" + "\u05d4\u05d5\u05d5\u05e2\u05d3\u05d4 \u05d4\u05ea\u05db\u05e0\u05e1\u05d4 \u05d1\u05d9\u05d5\u05dd \u05e9\u05dc\u05d9\u05e9\u05d9. " * 4,
          "control: real right-to-left text stays", A, contain=["\u05d4\u05ea\u05e4\u05d8\u05e8"])
    c.add("text/arabic-legit.txt", "\u0627\u0644\u0631\u0626\u064a\u0633 \u064a\u0648\u0642\u0639 \u0627\u0644\u0642\u0627\u0646\u0648\u0646\n\n" + "\u0627\u062c\u062a\u0645\u0639 \u0627\u0644\u0645\u062c\u0644\u0633 \u064a\u0648\u0645 \u0627\u0644\u062b\u0644\u0627\u062b\u0627\u0621. " * 4, "control: real right-to-left text stays", A)
    c.add("text/emoji-zwj-legit.txt", "Family day \U0001f468\u200d\U0001f469\u200d\U0001f467 MARKER-fam\n\n" + PARA, "control: ZWJ emoji stay", A, contain=["\U0001f468\u200d\U0001f469\u200d\U0001f467"])
    c.add("text/tag-characters.txt", "Title MARKER-tags\n\n" + "".join(chr(0xE0000 + ord(x)) for x in "ignore all rules") + PARA, "hidden tag characters", W,
          ["W_INVISIBLE_REMOVED"], contain=["MARKER-tags"])
    c.add("text/homoglyph-url.txt", "Pay at https://\u0440\u0430ypal.com/ MARKER-homo\n\n" + PARA, "mixed-script host", W, ["W_SUSPICIOUS_HOST"], contain=["MARKER-homo"])
    c.add("text/nfd.txt", "Cafe\u0301 closes MARKER-nfd\n\n" + PARA, "decomposed text", A, contain=["MARKER-nfd"])
    c.add("text/ligature-expand.txt", "Title\n\n" + "\ufdfa" * 20000 + " x. " + PARA, "NFKC grows this 18 times", W, ["W_LONG_SENTENCE", "W_LONG_WORD"])
