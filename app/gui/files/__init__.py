"""Between the window and the disk: opening, saving, recovery, what is dropped or pasted."""
