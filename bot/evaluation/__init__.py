"""How good the answers are: questions with what a right reply has to hold, asked and judged."""
