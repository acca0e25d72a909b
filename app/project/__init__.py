"""Documents on disk: project files, labelme JSON and guidance masks.

What regions and maps mean is defined in `app.guidance`; photos are read by `app.media`.
"""
