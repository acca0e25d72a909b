"""Motion guidance as values: classes, maps, encodings, and the regions that are painted into maps.

Only numpy, OpenCV and shapely are used; files are the business of `app.project`, tensors the
engine's.
"""
