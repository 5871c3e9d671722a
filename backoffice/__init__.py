"""The project package and the machinery that all sections share; imports no other app."""
