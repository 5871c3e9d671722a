"""What every page shows alike: formats by language, the frame, links, markup, preferences of the reader."""
