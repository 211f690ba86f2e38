"""Documents for Word: what they consist of, the look of an official document, and the file.

A document is made of blocks (`sim.word.blocks`), which know no word processor; `compose` writes
them with python-docx (extra `word`).  Rooms that write documents share this one.
"""
