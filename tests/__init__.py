"""The tests of the back office, in the shape of the code they are about."""
