"""The whole installation in one file, and back again: database, files, and a sealed list of what is in it.

A backup is a single uncompressed .tar: it gets its name in one step, goes onto a stick as it is, can be
looked into with any tool, and shares no bytes with the installation as hard links would. The keys are
never in it.
"""
