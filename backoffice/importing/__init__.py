"""Reading files that other systems wrote: what they are made of, what their cells mean, what to tell about them."""
