"""What is wrong in the user's files, as values, and the forms it is printed in."""
