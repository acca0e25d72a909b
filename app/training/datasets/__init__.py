"""Datasets on disk: the layouts of AfB, Motion-ETR and GoPro, read into samples and written.

Making samples is `app.training.synthesis`; scenes that are never stored are `simulator`.
"""
