"""munidx: municipal plans, read into one typed model, validated and diffed."""
