"""Filling a shop of any size, and measuring what its pages cost beside others. No part of the product."""
