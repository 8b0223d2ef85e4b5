"""Weight decay and the L2 penalty: one and the same for plain SGD, two things for all other optimizers."""
