"""Why something is so: which of the possible causes it is, with the evidence this computer has, and what it can't know.

Pure reading of the store; nothing is asked of WeCom.
"""
