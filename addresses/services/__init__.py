"""What can be done to addresses; each verb is one function."""
