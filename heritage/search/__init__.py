"""One query contract over two engines."""
