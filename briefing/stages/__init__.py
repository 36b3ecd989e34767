"""The stages: pure functions from values to values. None imports another, `ranking` and `judgement` aside."""
