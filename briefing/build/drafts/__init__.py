"""Drafts in an editor's hands: held in the store with their acts, and worked out again when they are asked about."""
