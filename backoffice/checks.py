"""System checks: a section that is declared wrongly stops the start, with the reason."""
