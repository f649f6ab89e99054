"""What a file of visits says about a week: how many, how long, how much writing, how much after hours."""
