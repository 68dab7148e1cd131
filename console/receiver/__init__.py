"""The callback receiver: HTTP in, a verified event in the store, then the answer. What follows from it comes later.

Nothing is imported here, so that states and addresses stay free of the server.
"""
