"""The pages of people: register, units, imports, accounts, duties, privacy."""
