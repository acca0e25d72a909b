"""What is drawn and grabbed on the photo: the canvas, its tools, its painting and hit-testing."""
