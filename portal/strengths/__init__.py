"""What a person is good at, has around them and wants: the strengths sheet."""
