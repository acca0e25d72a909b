"""What the program finds out by itself: suggestions and exposure trajectories."""
