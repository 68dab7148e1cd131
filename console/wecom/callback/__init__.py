"""WeCom's callbacks as they are documented: the envelope, signed and encrypted, and the events within.

Pure: no input or output, no language. Nothing is imported here, so that `.events` stays free of cryptography.
"""
