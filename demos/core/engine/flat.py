"""N networks' parameters in one piece of memory, so that an update is one pass over it."""

import torch


class Flat:
    """Tensors {name: (N, ...)} laid end to end in `whole`, (numbers,); `views` see them as they were."""

    def __init__(self, shapes, whole):
        self.shapes, self.whole = shapes, whole
        sizes = [shape.numel() for shape in shapes.values()]
        pieces = zip(shapes.items(), whole.split(sizes), strict=True)
        self.views = {name: piece.view(shape) for (name, shape), piece in pieces}

    @classmethod
    def of(cls, tensors):
        """A copy of tensors, laid end to end."""
        shapes = {name: value.shape for name, value in tensors.items()}
        return cls(shapes, torch.cat([value.flatten() for value in tensors.values()]))

    def like(self):
        """The same, of zeros."""
        return Flat(self.shapes, torch.zeros_like(self.whole))

    def over(self, value):
        """A setting, () as it is, (N,) as one number for each of `whole`: the one of its network."""
        if not value.ndim:
            return value
        value = value.to(self.whole.dtype)
        rows = [value.repeat_interleave(shape[1:].numel()) for shape in self.shapes.values()]
        return torch.cat(rows)
