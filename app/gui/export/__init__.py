"""Exporting: what is asked, the jobs that write, and the dialog."""
