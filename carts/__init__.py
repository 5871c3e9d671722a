"""Products, carts, vouchers and the orders they become."""
