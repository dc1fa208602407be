-- What is owed is few among all that was sold, and asked for at every till: it must not be looked for among all.
CREATE INDEX orders_owed ON orders (ordered_at, id) WHERE settled_at IS NULL;
