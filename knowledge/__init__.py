"""The facts of one plant: their schema, their loading, queries over them and what changed between two versions."""
