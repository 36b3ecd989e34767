"""The desk in the browser: what it shows, what it does, and whom it answers."""
