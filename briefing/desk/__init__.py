"""The desk in the browser: an editor's whole morning, one process on loopback. See `app.application`."""
