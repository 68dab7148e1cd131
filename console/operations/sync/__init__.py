"""Full sync: all followers and all their customers into the store, ten requests in flight from start to end."""
