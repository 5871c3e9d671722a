"""Keys of programs to the API: made, changed, revoked, and their pages."""
