"""What is known of text: languages, words, names, dates, sentences. Pure functions and package data."""
