//! The customer's one colour. Everything else follows from it (screens/README, "Tokens").
