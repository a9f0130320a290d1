"""What people can do with the bot in Discord, one extension of discord.py for each area."""

EXTENSIONS = (
    "bot.commands.questions",
    "bot.commands.lookups",
    "bot.commands.administration",
)
