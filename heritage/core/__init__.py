"""What every other app stands on: identifiers, outbox, sections, images, text folding."""
