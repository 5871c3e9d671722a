"""What follows by itself on an open page: the page says which versions it shows, and gets what changed since (S0.52).

A block follows where its declaration has a `version` (`Panel.version`), a list where its `Listing` has one. The page
asks every two seconds while somebody can see it (decision 35, static/js/live.js).
"""
