"""The program's version, recorded in every issue file."""

VERSION = "0.1.0"
