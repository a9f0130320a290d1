"""What people can do with the bot in Discord, one extension of discord.py for each area."""

EXTENSIONS = (
    "bot.commands.questions",
    "bot.commands.messages",
    "bot.commands.lookups",
    "bot.commands.overview",
    "bot.commands.administration",
)
