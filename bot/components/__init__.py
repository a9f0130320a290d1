"""Replies as Discord messages whose buttons still work when the bot has been restarted."""
