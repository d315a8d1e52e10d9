"""From published files to blocks: one file per form."""
