"""Write the hostile inputs: ``python -m tests.hostile OUT [--no-big]``."""

import argparse
import json

from tests.hostile import GROUPS
from tests.hostile.corpus import generate


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--no-big", action="store_true", help="leave out the files of 10 to 50 MB")
    given = parser.parse_args()
    print(json.dumps(generate(given.out, GROUPS, big=not given.no_big)["counts"]))


if __name__ == "__main__":
    main()
