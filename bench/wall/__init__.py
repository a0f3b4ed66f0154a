"""The wall and the waiting phones: how soon thousands see a signature."""
