"""Unspool: a motion-blurred photo in, the short sharp film that the shutter smeared out."""

__version__ = "0.1.0"
