"""What can be done to carts and orders; each verb is one function."""
