"""The L2 penalty: weight decay, and what it does where there is no data."""
