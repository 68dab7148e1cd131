"""Welcome messages: a code lives for twenty seconds and for one message, so it is sent at once or not at all.

Follows WeCom document 92137 and the guide's section 6.2.
"""
