"""`python -m core <command>`: everything an office needs from the command line."""

from core.cli.app import app

if __name__ == "__main__":
    app(prog_name="python -m core")
