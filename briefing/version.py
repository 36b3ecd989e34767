"""The version of the program, as every issue file names it."""

VERSION = "0.1.0"
