"""Inputs nobody would write, made of those somebody did: what each part of the program must keep to, whatever comes in.

A target (`targets.py`) is a function of bytes with its invariants; its first inputs (`starts.py`) are the project's own
samples, and what was once found lies in ``kept/TARGET/``. ``python -m tests.fuzz TARGET --minutes 10`` runs one, led by
coverage where atheris is installed.
"""
