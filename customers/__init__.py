"""The people who buy, or began to."""
