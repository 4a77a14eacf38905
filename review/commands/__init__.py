"""One command a file: what it does, without the command line around it."""
