"""What keeps a published version true: looking at it again, changes that make it doubtful, and reminders."""
