"""What follows from an event: off the answering path, claimed in the store so that it is done once, and visible on it.

Follows WeCom documents 92130, 96361 and 92277, and the guide's sections 6.2 and 6.3.
"""
