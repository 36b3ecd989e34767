"""Labelled sentences in five languages, written for this project: whose word each is."""
