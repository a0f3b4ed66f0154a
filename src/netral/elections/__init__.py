"""Elections, their phases with exact switching times, parties and candidates."""
