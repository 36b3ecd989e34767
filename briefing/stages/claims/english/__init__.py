"""The clauses of English: who says what, by subjects and verbs of speech. Other languages are read by cues."""
