"""The API of the shop: who may ask, what is answered when something is wrong, and acts that are done once.

Its endpoints are the apps' (`<app>/api/`): each is thin, and calls the service that the pages call.
"""
