"""Annotating folders: the list of photos, notes, and labels of whole folders."""
