"""Plans as files: the codec, TOML, JSON, positions, the schema."""
