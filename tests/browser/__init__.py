"""Checks that need a browser, Node.js or Java; scripts/browser-setup installs what they run."""
