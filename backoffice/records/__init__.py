"""Records written, compared, remembered: changes, history, forms, conflicts, events, options, recounts."""
