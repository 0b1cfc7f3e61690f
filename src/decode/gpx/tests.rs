//! Every form of GPX met in the wild, written by hand.
