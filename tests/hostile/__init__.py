"""Inputs made to harm, with the outcome each must have: generated, never kept."""

from tests.hostile.pages import markup
from tests.hostile.places import archives, controls, paths
from tests.hostile.syndicated import feeds
from tests.hostile.texts import binaries, encodings, shapes, unicode_tricks

#: In the order in which they are written: a group may draw random bytes.
GROUPS = (controls, encodings, binaries, shapes, unicode_tricks, markup, feeds, paths, archives)
