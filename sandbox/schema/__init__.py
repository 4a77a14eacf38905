"""What the three provider packages say about their resource types: arguments, outputs, defaults."""
