"""``python -m bot`` is the command ``werkbot``."""

from bot.cli import main

main()
