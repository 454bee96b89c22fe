"""What a bundle does when it is run: looks whether it is whole and fits, unpacks itself, and sets up what it brought.

It runs out of the file, on a machine that has Python and nothing else: of Python's own library alone.
"""
