"""The page of a list: columns, filters, order, paging, drawing, bulk actions, undo, files."""
