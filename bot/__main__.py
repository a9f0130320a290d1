"""The command ``werkbot``, which is also ``python -m bot``."""

import gc


def main() -> None:
    """Run the command line, and end the process with its status."""
    # What is imported and built at the start lives until the end: looking for garbage in it takes a tenth of the time
    # until the first answer. ``bot.cli`` turns the collector on again when all is there.
    gc.disable()
    from bot import cli

    cli.main()


if __name__ == "__main__":
    main()
