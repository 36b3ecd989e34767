"""Feeds: entities, depth, encodings, dates, markup, JSON."""

# ruff: noqa: E501, N806, RUF005, UP031 - a case is a line, and percent signs keep its braces as they are
# fmt: off

import json

from tests.hostile.bombs import bomb
from tests.hostile.corpus import ACCEPT as A
from tests.hostile.corpus import PARA, article, item, prose, rss
from tests.hostile.corpus import REJECT as R
from tests.hostile.corpus import WARN as W


def feeds(c):
    def laughs(levels=9, width=10):
        return ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">' + "".join('<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * width) for i in range(1, levels + 1)) + "]>")
    X, D = ["E_XML_ENTITIES", "E_XML_DTD"], ["W_FEED_MALFORMED"]
    c.add("feeds/billion-laughs.xml", rss(item("&l9;"), head=laughs()), "entity bomb", R, X, ref="CVE-2013-0340")
    c.add("feeds/quadratic-blowup.xml", rss(item("&a;" * 10000), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "%s">]>' % ("A" * 100000)), "quadratic entity bomb", R, X)
    c.add("feeds/entity-recursion.xml", rss(item("&a;"), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>'), "entity loop", R, X)
    c.add("feeds/xxe-file.xml", rss(item("&x; t"), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "external entity: file", R, X, absent=["root:x:0:0"], ref="CVE-2026-41066")
    c.add("feeds/xxe-canary.xml", rss(item("&x; t"), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "../secrets/canary.txt">]>'), "external entity: relative file", R, X)
    c.add("feeds/xxe-http.xml", rss(item("&x; t"), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'), "external entity: network", R, X)
    c.add("feeds/xxe-parameter.xml", rss(item("t"), head='<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % f SYSTEM "file:///etc/passwd">%f;]>'), "parameter entity", R, X)
    c.add("feeds/external-dtd.xml", rss(item("t MARKER-dtd"), head='<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'), "external DTD", R, X)
    c.add("feeds/netscape-dtd-legit.xml", rss(item("t MARKER-nsdtd"), head='<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'),
          "control: an old real-life DOCTYPE without entities; never fetched", W, ["W_DTD_IGNORED"], contain=["MARKER-nsdtd"])
    c.add("feeds/xinclude.xml", rss(item('t MARKER-xi <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')), "XInclude", A, contain=["MARKER-xi"], absent=["root:x:0:0"])
    c.add("feeds/stylesheet-pi.xml", rss(item("t MARKER-pi"), head='<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"?>'), "stylesheet instruction", A, contain=["MARKER-pi"])
    c.add("feeds/newline-prologue.xml", '<?xml version="1.0"?>' + "\n" * 100000 + rss(item("t MARKER-nlp"), head=""), "100 KB of newlines: feedparser 6.0.14 took 29 s (quadratic regex)", W,
          ["W_FEED_MALFORMED", "W_WHITESPACE_COLLAPSED", "W_PARSE_TIMEOUT"], limits={"seconds": 10})
    c.add("feeds/attr-flood.xml", '<rss version="2.0"><channel><title ' + " ".join('a%d="x"' % i for i in range(200000)) + ">x</title></channel></rss>", "200k attributes: feedparser ran past 40 s", R,
          ["E_XML_LIMITS", "E_PARSE_TIMEOUT"], limits={"seconds": 10})
    c.add("feeds/author-redos.xml", rss(item("t MARKER-au", extra="<author>a@%s!</author>" % ("a." * 20000))), "author e-mail regex", W, ["W_FEED_MALFORMED", "W_PARSE_TIMEOUT", "W_FIELD_TRUNCATED"],
          ref="kurtmckee/feedparser#562", limits={"seconds": 10})
    c.add("feeds/deep-200k.xml", '<rss version="2.0"><channel>' + "<a>" * 200000, "depth bomb", R, ["E_XML_LIMITS", "E_NOT_A_FEED", "E_XML_MALFORMED"])
    c.add("feeds/truncated.xml", rss(item("First MARKER-first") + item("Second", link="https://news.example/b"))[:-140], "cut in the second item: the first is kept", W, D, contain=["MARKER-first"])
    c.add("feeds/html-instead.xml", article(prose(), "404 Not Found"), "an error page instead of a feed", R, ["E_NOT_A_FEED"])
    c.add("feeds/plain-text-instead.xml", "Service temporarily unavailable", "text instead of a feed", R, ["E_NOT_A_FEED"])
    c.add("feeds/no-items.xml", rss(""), "empty feed", W, ["W_FEED_EMPTY"])
    c.add("feeds/bare-item.xml", rss("<item></item><item><description>%s MARKER-bare</description></item>" % PARA), "items without title, link, date", W, ["W_FIELD_MISSING"], contain=["MARKER-bare"])
    c.add("feeds/items-10000.xml", rss("".join(item("Item %d" % i, link="https://news.example/%d" % i, desc="Short.") for i in range(10000))), "item flood", W, ["W_ITEMS_CAPPED"], limits={"seconds": 20})
    for k, d in enumerate(["0000-00-00T00:00:00Z", "9999-12-31T23:59:59+14:00", "Thu, 01 Jan 1970 00:00:00 GMT", "30 Feb 2026 10:00:00 GMT", "yesterday", "2026-11-21T08:00:00", "Sat, 21 Nov 2026 25:61:61 +9999",
                           "2026-11-21T08:00:60Z", "1" * 5000, "-99999-01-01", "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0661", "Sat, 21 Nov 2099 08:00:00 GMT"]):
        c.add("feeds/date-%02d.xml" % k, rss(item("Dated %d MARKER-date%d" % (k, k), date=d)), "date %r" % d[:40], W, ["W_DATE_INVALID", "W_DATE_ASSUMED", "W_DATE_FUTURE", "W_DATE_OLD"], contain=["MARKER-date%d" % k])
    c.add("feeds/guid-duplicate.xml", rss(item("Version one MARKER-v1", guid="same") + item("Version two MARKER-v2", guid="same", desc=PARA + "Changed.")), "one guid, two texts: nothing lost", W,
          ["W_DUPLICATE"], contain=["MARKER-v2"])
    c.add("feeds/links-bad.xml", rss(item("JS MARKER-ljs", link="javascript:alert(1)") + item("File MARKER-lfile", link="file:///etc/passwd") + item("Data", link="data:text/html,x")), "links with bad schemes", W,
          ["W_LINK_REMOVED"], contain=["MARKER-ljs", "MARKER-lfile"], absent=["file:///etc"], inert=True)
    c.add("feeds/header-injection.xml", rss(item("=?utf-8?q?Edition=0D=0ABcc=3A_v=40evil.example?= MARKER-hi") + item("Second\r\nBcc: v@evil.example\r\n\r\nbody", link="https://news.example/b"), title="=?utf-8?q?F=0D=0ABcc=3A_v=40evil.example?="),
          "encoded-word CR LF in a title becomes a real mail header in EmailMessage (Python < 3.11.10)", W, ["W_CONTROL_REMOVED"], contain=["MARKER-hi"], absent=["\nBcc:"], ref="CVE-2024-6923")
    c.add("feeds/content-xss.xml", rss(item("T MARKER-cx", desc="&lt;img src=x onerror=alert(1)&gt;&lt;a rel=attachment href=\"file:///etc/passwd\"&gt;x&lt;/a&gt;" + PARA,
                                            extra="<content:encoded><![CDATA[<script>alert(1)</script><p style='background:url(http://127.0.0.1:9/)'>%s</p>]]></content:encoded>" % PARA)),
          "markup in description and content", W, ["W_MARKUP_REMOVED"], contain=["MARKER-cx"], absent=["127.0.0.1:9", "root:x:0:0"], inert=True)
    c.add("feeds/atom-xhtml.xml", '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="file:///etc/"><title>F</title><id>x</id><updated>2026-11-21T08:00:00Z</updated><entry><title type="html">&lt;b onclick=alert(1)&gt;T&lt;/b&gt; MARKER-ax</title>'
          '<id>e</id><link href="passwd"/><updated>2026-11-21T08:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script><p>' + PARA + '</p><img src="passwd"/></div></content></entry></feed>',
          "xml:base makes relative links into file links", W, ["W_MARKUP_REMOVED", "W_LINK_REMOVED"], contain=["MARKER-ax"], absent=["file:///etc"], inert=True)
    c.add("feeds/encoding-lies.xml", rss(item("Caf\u00e9 MARKER-el")).replace("utf-8", "utf-16").encode("utf-8"), "declares utf-16, is utf-8", W, D + ["W_ENCODING_GUESSED"], contain=["MARKER-el"])
    for k, lab in enumerate([b"\xff", b"utf-8\0", b"undefined", b"punycode", b"idna", b"zlib", b"../x", b"x" * 5000]):
        c.add("feeds/encoding-label-%d.xml" % k, rss(item("Label MARKER-lab%d" % k)).encode().replace(b'encoding="utf-8"', b'encoding="' + lab + b'"'),
              "encoding label %r: the first four raise out of feedparser 6.0.14" % lab[:20], W, D + ["W_ENCODING_GUESSED"], contain=["MARKER-lab%d" % k])
    c.add("feeds/control-chars.xml", rss(item("Bell \x07 vertical \x0b MARKER-cc &#x1;")), "characters that XML forbids", W, D + ["W_CONTROL_REMOVED"], contain=["MARKER-cc"])
    c.add("feeds/html-entities.xml", rss(item("Caf&eacute; &nbsp; &bogus; AT&T MARKER-he")), "undeclared entities, very common", W, D, contain=["MARKER-he"])
    c.add("feeds/junk-before.xml", "\n\n<br />\n<b>Warning</b>: mysql_connect()\n" + rss(item("After junk MARKER-junk")), "PHP warning before the feed", W, D, contain=["MARKER-junk"])
    c.add("feeds/gzip-bomb.xml.gz", bomb(200, 31), "200 MB in 0.2 MB", R, ["E_TOO_LARGE", "E_BINARY"], limits={"seconds": 5})
    J = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "title": "T MARKER-js", "content_text": PARA}]}
    c.add("feeds/json-good.json", json.dumps(J), "control", A, contain=["MARKER-js"])
    c.add("feeds/json-surrogate.json", json.dumps(J).replace("T MARKER-js", "T MARKER-sg \\ud800 \\u0000"), "lone surrogate: cannot be stored or printed as is", W, ["W_CONTROL_REMOVED"], contain=["MARKER-sg"])
    c.add("feeds/json-deep.json", "[" * 200000, "depth bomb: RecursionError", R, ["E_JSON_LIMITS", "E_JSON_MALFORMED"])
    c.add("feeds/json-types.json", json.dumps({"version": 1, "title": ["x"], "items": "none"}), "wrong types", R, ["E_NOT_A_FEED"])
    c.add("feeds/json-numbers.json", json.dumps(J)[:-1] + ', "n": 1e999, "m": NaN, "k": ' + "9" * 10000 + "}", "numbers out of range (int() limit of 4300 digits)", R, ["E_JSON_MALFORMED", "E_JSON_LIMITS"])
    c.add("feeds/json-duplicate-keys.json", '{"version":"https://jsonfeed.org/version/1.1","title":"a","title":"b","items":[],"items":[{"id":"1","title":"MARKER-dk","content_text":"x y z."}]}', "duplicate keys", W, ["W_FEED_MALFORMED"])
    c.add("feeds/opml-hostile.opml", '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0"><body><outline text="&x;" xmlUrl="file:///etc/passwd"/></body></opml>', "XXE in OPML", R, X, absent=["root:x:0:0"])
    c.add("feeds/opml-urls.opml", '<opml version="2.0"><body>' + "".join('<outline type="rss" text="%d" xmlUrl="%s"/>' % (i, u) for i, u in enumerate(["file:///etc/passwd", "http://169.254.169.254/", "javascript:1", "https://news.example/ok.xml"])) + "</body></opml>",
          "feed list with internal addresses", W, ["W_SOURCE_REFUSED"])
