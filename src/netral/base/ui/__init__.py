"""What every page shares: the frame around it, its slots, forms, icons."""
