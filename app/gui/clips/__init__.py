"""Opening a frame of a clip: picking it, and what moved there."""
