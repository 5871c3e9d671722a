"""Who may do what: rights of URLs and of sections."""
