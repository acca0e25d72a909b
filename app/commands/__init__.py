"""The subcommands, one module per subject; `app.cli` puts them together and explains failures.

Only the call is read and the result shown here: every command imports what it needs when it runs.
"""
