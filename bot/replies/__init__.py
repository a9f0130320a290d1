"""From answers to what people read: sentences, tables and embeds."""
