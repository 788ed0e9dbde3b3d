"""Files that people hand in: sent in chunks that survive a break of the net, kept once by their content.

`uploading` takes the bytes in, `actions` hangs finished uploads on a row of an area, `serving` gives them
back to whoever may see that row. What a file is, is told by its content and never by its name.
"""
