"""Estimating optical flow between two pictures: one seam for everything that needs it.

What flow says about motion is `app.guidance`; nothing here knows photos, exposures or networks.
"""
