"""Networks and the mathematics of exposure, torch only: no files, no devices, no app."""
