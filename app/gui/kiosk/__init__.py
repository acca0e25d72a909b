"""The demo booth: pick a photo, swipe on what moved, watch. `window` puts the pages together."""
