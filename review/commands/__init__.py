"""The commands: each file has `register(app)`. Adding a file adds the command.

Only arguments are here; the work is imported when a command runs, so that the others start fast.
"""
