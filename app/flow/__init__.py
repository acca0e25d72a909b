"""Optical flow between pictures: estimating it, and telling motion from noise and cuts in it.

Nothing here knows photos, exposures or networks.
"""
